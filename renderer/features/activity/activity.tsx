import './activity.css'
import { Page } from '../../ui/page.tsx'
import type { ActivityTab } from './activity-tabs.tsx'
import { AuditLog } from './audit/audit-log.tsx'
import { Requests } from './requests/requests.tsx'

/** What happened here, and what was routed. What is looked for stands in the address. */
export default function Activity({ tab }: { tab: ActivityTab }) {
  return <Page>{tab === 'audit' ? <AuditLog /> : <Requests />}</Page>
}
