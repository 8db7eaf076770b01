import { useTranslation } from 'react-i18next'
import { useLink } from '../store/app-context.ts'
import { StateMark } from '../ui/state-mark.tsx'

/** Over everything while the agent is away: what is shown below is the last known state. */
export function LinkBanner() {
  const { t } = useTranslation()
  const link = useLink()
  return (
    <div role="status">
      {link.kind === 'reconnecting' && (
        <div className="link-banner">
          <StateMark mark="reconnecting" size={14} />
          <span>{t('reconnecting')}</span>
        </div>
      )}
    </div>
  )
}
