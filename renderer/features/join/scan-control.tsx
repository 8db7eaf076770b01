import { Button, Progress } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ScanView } from '../../../electron/contract/discovery.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'

/** Looks through the local network for nodes that do not announce themselves: begun here, and nowhere by itself. */
export function ScanControl({ scan }: { scan: ScanView | null }) {
  const { t } = useTranslation('join')
  const call = useCall()
  const begin = useTask(() => call('discovery.scan', {}))
  const cancel = useTask(() => call('discovery.cancel', {}))
  if (scan?.state === 'running') {
    const words = t('scanning', { done: scan.done, total: scan.total })
    return (
      <div className="scan">
        <Progress value={scan.total === 0 ? 100 : (scan.done / scan.total) * 100} aria-label={words} />
        <small className="num">{words}</small>
        <Button variant="default" onClick={() => void cancel.run()}>
          {t('scanStop')}
        </Button>
      </div>
    )
  }
  return (
    <>
      <Button variant="default" onClick={() => void begin.run()} loading={begin.running}>
        {t('scan')}
      </Button>
      {scan !== null && <small>{t('scanned', { count: scan.found, total: scan.done })}</small>}
      <FailureText failure={begin.failure ?? cancel.failure} />
    </>
  )
}
