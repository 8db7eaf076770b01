import { useTranslation } from 'react-i18next'
import type { Finding } from '../../../electron/contract/discovery.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { type Mark, StateMark } from '../../ui/state-mark.tsx'

const marks: Record<Finding['state'], Mark> = { ok: 'online', info: 'offline', warning: 'checking', problem: 'problem', unknown: 'off' }

/** One finding: what, why it matters, what to do, and the command that does it. */
export function FindingCard({ finding: { state, title, text, action, command } }: { finding: Finding }) {
  const { t } = useTranslation('doctor')
  return (
    <li className="card finding" data-state={state}>
      <StateMark mark={marks[state]} size={18} />
      <div className="grow">
        <h2>
          {title} <small>{t(`state.${state}`)}</small>
        </h2>
        <p>{text}</p>
        {action !== null && <p className="finding-action">{action}</p>}
        {command !== null && (
          <div className="finding-command">
            <code>{command}</code>
            <CopyValue value={command} label={t('copyCommand')} />
          </div>
        )}
      </div>
    </li>
  )
}
