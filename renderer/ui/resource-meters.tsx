import { useTranslation } from 'react-i18next'
import type { Resources } from '../../electron/contract/resources.ts'
import { useFormat } from '../i18n/use-format.ts'
import { Meter } from './meter.tsx'

/** Processor, memory and disk of a machine as meters, its graphics cards as a line. */
export function ResourceMeters({ resources: { cpu, memory, disk, gpus } }: { resources: Resources }) {
  const { t } = useTranslation()
  const format = useFormat()
  const used = ({ total, free }: { total: number; free: number }) =>
    t('usedOf', { used: format.bytes(total - free), total: format.bytes(total) })
  const fraction = ({ total, free }: { total: number; free: number }) => (total === 0 ? 0 : (total - free) / total)
  return (
    <div className="meters">
      <Meter
        label={t('processor')}
        words={t('coresBusy', { count: cpu.cores, busy: format.percent(cpu.busy) })}
        value={cpu.busy}
      />
      <Meter label={t('memory')} words={used(memory)} value={fraction(memory)} />
      {disk && <Meter label={t('disk')} words={used(disk)} value={fraction(disk)} />}
      {gpus.map(({ model, memory }) => (
        <div className="meter-words" key={model}>
          <span>{t('graphics')}</span>
          <span>{memory === null ? model : `${model}, ${format.bytes(memory)}`}</span>
        </div>
      ))}
    </div>
  )
}
