import './activity.css'
import { Page } from '../../ui/page.tsx'
import type { ActivityTab } from './activity-tabs.tsx'
import { AuditLog } from './audit-log.tsx'
import { Requests } from './requests/requests.tsx'

/** What happened here, and what was routed; `peer` is whom to look at first. */
export default function Activity({ tab, peer }: { tab: ActivityTab; peer: string | null }) {
  return <Page>{tab === 'audit' ? <AuditLog peer={peer} /> : <Requests peer={peer} />}</Page>
}
