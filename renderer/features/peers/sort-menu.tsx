import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from '../../ui/icons.ts'
import { type Sort, sorts } from './peer-sort.ts'

/** What the list is sorted by. */
export function SortMenu({ sort, onSort }: { sort: Sort; onSort: (sort: Sort) => void }) {
  const { t } = useTranslation('peers')
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={28} aria-label={t('sortedBy', { by: t(`sort.${sort}`) })} title={t('sortedBy', { by: t(`sort.${sort}`) })}>
          <IconArrowsSort size={17} stroke={1.7} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {sorts.map((one) => (
          <Menu.Item
            key={one}
            role="menuitemradio"
            aria-checked={one === sort}
            rightSection={one === sort ? <IconCheck {...buttonIcon} /> : null}
            onClick={() => onSort(one)}
          >
            {t(`sort.${one}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
