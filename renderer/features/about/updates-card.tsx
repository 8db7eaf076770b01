import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { updateAction, updateLine } from './update-line.ts'

/** Whether there is a newer version, how far it has come, and what can be done about it. */
export function UpdatesCard() {
  const { t } = useTranslation('updates')
  const format = useFormat()
  const now = useNow(60_000)
  const updates = useSnapshot((snapshot) => snapshot.updates)
  const call = useCall()
  const { way, version, percent, lookedAt, problem, page } = updates
  const line = updateLine(updates)
  const action = updateAction(updates)
  // to download what was found is to look at it because a person asked
  const act = useTask(() => call(action === 'install' ? 'updates.install' : 'updates.look', {}))
  return (
    <section className="card" aria-labelledby="about-updates">
      <h2 id="about-updates" className="card-title">
        {t('title')}
      </h2>
      <p className="about-update-state" role="status">
        {line === null ? t(`way.${way}`) : t(`state.${line}`, { version: version ?? '', percent: format.percent((percent ?? 0) / 100) })}
      </p>
      {problem !== null && (
        <p className="quiet" lang="en">
          {problem}
        </p>
      )}
      {act.failure && <FailureText failure={act.failure} />}
      <div className="about-update-actions">
        {action !== null && (
          <Button variant="default" onClick={() => void act.run()} loading={act.running || updates.state === 'looking'}>
            {t(action)}
          </Button>
        )}
        {way !== 'checkout' && (
          <a href={page} target="_blank" rel="noreferrer">
            {t('page')}
          </a>
        )}
        {line !== null && lookedAt !== null && <span className="quiet">{t('lookedAt', { ago: format.ago(lookedAt, now) })}</span>}
      </div>
    </section>
  )
}
