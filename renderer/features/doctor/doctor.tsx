import './doctor.css'
import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { Loading } from '../../ui/loading.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { FindingCard } from './finding-card.tsx'
import { inOrder, useDiagnosis } from './use-diagnosis.ts'

/** Whether and why others do not reach this node: what was found, why it matters, what to do. */
export default function Doctor() {
  const { t } = useTranslation('doctor')
  const call = useCall()
  const { diagnosis, task } = useDiagnosis(() => call('doctor.run', {}))
  const { run } = task
  useEffect(() => void run(), [run])
  const findings = inOrder(diagnosis?.findings ?? [])
  const problems = findings.filter(({ state }) => state === 'problem').length
  const summary = diagnosis === null ? t('looking') : problems === 0 ? t('noProblem') : t('problems', { count: problems })
  return (
    <Page busy={diagnosis === null && task.running}>
      <PageHead
        title={t('title')}
        actions={
          <Button variant="default" onClick={() => void run()} loading={task.running}>
            {t('again')}
          </Button>
        }
      >
        <span role="status">{summary}</span>
      </PageHead>
      <FailureText failure={task.failure} />
      {diagnosis === null && task.failure === null && <Loading />}
      <ul className="findings">
        {findings.map((finding) => (
          <FindingCard key={finding.id} finding={finding} />
        ))}
      </ul>
    </Page>
  )
}
