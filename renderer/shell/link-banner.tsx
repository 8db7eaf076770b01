import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../i18n/use-format.ts'
import { useLink } from '../store/app-context.ts'
import { StateMark } from '../ui/state-mark.tsx'
import { useAfter } from '../ui/use-after.ts'

/** A node that starts anew is back within this; later it is said since when it is away, ms. */
const restartsWithin = 20_000

/** Over everything while the agent is away: what is shown below is the last known state. */
export function LinkBanner() {
  const link = useLink()
  return <div role="status">{link.kind === 'reconnecting' && <Away />}</div>
}

function Away() {
  const { t } = useTranslation()
  const format = useFormat()
  const [since] = useState(() => Date.now())
  const long = useAfter(restartsWithin)
  return (
    <div className="link-banner">
      <StateMark mark="reconnecting" size={14} />
      <span>{long ? t('reconnectingLong', { time: format.time(since) }) : t('reconnecting')}</span>
    </div>
  )
}
