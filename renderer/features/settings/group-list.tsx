import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { type GroupId, isGroup } from './entries.ts'

interface GroupListProps {
  groups: readonly GroupId[]
  /** The one that is in view. */
  shown: GroupId | undefined
  addressOf: (group: GroupId) => string
  /** A link was followed, also to where the address leads already. */
  onChoose: (group: GroupId) => void
  /** Chosen where there are no links. */
  onSelect: (group: GroupId) => void
}

/** The groups at the side, where there is room for them; it stays in view. */
export function GroupList({ groups, shown, addressOf, onChoose, onSelect }: GroupListProps) {
  const { t } = useTranslation('settings')
  return (
    <>
      <nav className="setting-nav" aria-label={t('groups')}>
        {groups.map((group) => (
          <Link
            key={group}
            href={addressOf(group)}
            className="setting-nav-entry"
            aria-current={group === shown ? 'location' : undefined}
            onClick={() => onChoose(group)}
          >
            {t(`group.${group}`)}
          </Link>
        ))}
      </nav>
      <Select
        className="setting-nav-select"
        data={groups.map((group) => ({ value: group, label: t(`group.${group}`) }))}
        value={shown ?? null}
        onChange={(group) => group !== null && isGroup(group) && onSelect(group)}
        allowDeselect={false}
        aria-label={t('groups')}
      />
    </>
  )
}
