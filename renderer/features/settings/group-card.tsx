import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../store/app-context.ts'
import { changedFromDefault } from './defaults.ts'
import { type EntryId, type GroupId, settingsOf } from './entries.ts'
import { entryViews } from './entry-views.ts'
import { ResetButton } from './reset-button.tsx'

/** Where the heading of a group can be scrolled to and focused. */
export const groupAnchor = (group: GroupId): string => `settings-${group}`

/** One group: its heading, its entries (all, or those that were searched for), and the way back to its defaults. */
export function GroupCard({ group, ids }: { group: GroupId; ids: readonly EntryId[] }) {
  const { t } = useTranslation('settings')
  const changed = useSnapshot(({ settings }) => changedFromDefault(settings, settingsOf(group)))
  const name = t(`group.${group}`)
  return (
    <section className="card setting-group" aria-labelledby={groupAnchor(group)} data-group={group}>
      <div className="card-head">
        <h2 id={groupAnchor(group)} tabIndex={-1} className="grow">
          {name}
        </h2>
        {changed.length > 0 && (
          <ResetButton keys={changed} title={t('resetGroupTitle', { group: name })} label={t('resetGroupOf', { group: name })}>
            {t('resetGroup')}
          </ResetButton>
        )}
      </div>
      <div className="setting-lines">
        {ids.map((id) => {
          const Entry = entryViews[id]
          return <Entry key={id} />
        })}
      </div>
    </section>
  )
}
