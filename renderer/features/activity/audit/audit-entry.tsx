import {
  IconActivity,
  IconBan,
  IconBrain,
  IconHome2,
  IconKey,
  IconListCheck,
  IconPlugConnected,
  IconSettings,
  IconTicket,
  IconUserCheck,
} from '@tabler/icons-react'
import { createElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../../../electron/contract/audit.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { iconOfCapability, rowIcon } from '../../../ui/icons.ts'
import { NamedSentence } from '../../../ui/named-sentence.tsx'
import { type Mark, StateWord } from '../../../ui/state-mark.tsx'
import { useAuditSentence } from '../../../store/audit-sentence.ts'

const marks: Record<AuditEntry['outcome'], Mark> = { ok: 'online', refused: 'removed', failed: 'problem' }

/** One thing that happened: when, as a sentence, with what it rests on, and how it ended. */
export function Entry({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const { text, facts } = useAuditSentence()(entry)
  return (
    <li className="entry">
      <time className="num" dateTime={new Date(entry.at).toISOString()}>
        {format.time(entry.at)}
      </time>
      <span className="well">{createElement(iconOf(entry), rowIcon)}</span>
      <div className="entry-what">
        <span>
          <NamedSentence>{text}</NamedSentence>
        </span>
        {facts && <small>{facts}</small>}
      </div>
      <StateWord mark={marks[entry.outcome]}>{t(`outcome.${entry.outcome}`)}</StateWord>
    </li>
  )
}

/** Icons by the first word of the action. */
const icons: Record<string, typeof IconActivity> = {
  service: IconPlugConnected,
  mesh: IconHome2,
  member: IconUserCheck,
  peer: IconUserCheck,
  legacy: IconUserCheck,
  join: IconUserCheck,
  invite: IconTicket,
  key: IconKey,
  recovery: IconKey,
  identity: IconKey,
  grant: IconListCheck,
  node: IconBan,
  request: IconBan,
  connection: IconBan,
  settings: IconSettings,
  ai: IconBrain,
}

function iconOf({ action, subject, subjectId }: AuditEntry) {
  const first = action.split('.')[0] ?? ''
  if (first === 'capability') return iconOfCapability(subjectId ?? subject ?? '')
  return icons[first] ?? IconActivity
}
