import { Switch } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HubView } from '../../../../electron/contract/relay.ts'
import type { MeshView } from '../../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useNow } from '../../../store/use-now.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Meter } from '../../../ui/meter.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { nextMonth } from './relay-form.ts'
import { RelayLimits } from './relay-limits.tsx'
import { StopRelaying } from './stop-relaying.tsx'

/** Whether this computer relays for the mesh, what that means, costs and may cost; where it may not, why. */
export function MeshRelay({ mesh }: { mesh: MeshView }) {
  const { t } = useTranslation('relay')
  const hub = useSnapshot(({ hubs }) => hubs[mesh.id] ?? null)
  const wordsOf = useFailureWords()
  if (hub === null) return null
  return (
    <section aria-label={t('title')}>
      <h3>{t('title')}</h3>
      {hub.whyNot !== null && (
        <p className="note-line">
          <IconInfoCircle size={16} stroke={1.7} aria-hidden />
          <span>{wordsOf(hub.whyNot).whole}</span>
        </p>
      )}
      {(hub.whyNot === null || hub.on) && <Toggle mesh={mesh} hub={hub} />}
      {hub.on && <Use hub={hub} />}
      {hub.whyNot === null && <RelayLimits mesh={mesh} hub={hub} />}
    </section>
  )
}

/** The switch moves at once; if the node refuses, it goes back with the reason below. Off asks first while it is used. */
function Toggle({ mesh, hub }: { mesh: MeshView; hub: HubView }) {
  const { t } = useTranslation('relay')
  const call = useCall()
  const [isAsking, setAsking] = useState(false)
  const set = useTask((on: boolean) => call('hub.set', { mesh: mesh.id, on }))
  const isUsed = hub.spokes > 0 || hub.pairs > 0
  return (
    <>
      <Switch
        label={t('toggle')}
        description={t('help')}
        checked={set.running ? !hub.on : hub.on}
        disabled={set.running}
        onChange={(event) => {
          if (hub.on && isUsed) setAsking(true)
          else void set.run(event.currentTarget.checked)
        }}
      />
      <FailureText failure={set.failure} />
      {isAsking && <StopRelaying mesh={mesh} hub={hub} onClose={() => setAsking(false)} />}
    </>
  )
}

function Use({ hub: { spokes, pairs, bytesPerSecond, bytesThisMonth, limits } }: { hub: HubView }) {
  const { t } = useTranslation('relay')
  const format = useFormat()
  const now = useNow()
  const month = limits.bytesPerMonth
  const sentence = [t('attached', { count: spokes }), spokes > 0 && t('pairs', { count: pairs, speed: format.bytes(bytesPerSecond) })]
  const used = format.bytes(bytesThisMonth)
  return (
    <>
      <p className="quiet">{sentence.filter(Boolean).join(' ')}</p>
      {month === null ? (
        <p className="quiet">
          {t('month')}: {t('monthFree', { used })}
        </p>
      ) : (
        <Meter label={t('month')} words={t('monthOf', { used, limit: format.bytes(month) })} value={bytesThisMonth / month} />
      )}
      {month !== null && bytesThisMonth >= month && <Notice title={t('monthFull', { day: format.day(nextMonth(now)) })} />}
    </>
  )
}
