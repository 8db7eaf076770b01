import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { type SyncEvery, syncEvery } from '../../../../electron/contract/hub-sync.ts'

/** How often to sync; with `name` it is called so only for those who hear it. */
export function EverySelect({
  value,
  name,
  disabled = false,
  onChange,
}: {
  value: SyncEvery
  name?: string
  disabled?: boolean
  onChange: (every: SyncEvery) => void
}) {
  const { t } = useTranslation('sync')
  return (
    <Select
      {...(name === undefined ? { label: t('every') } : { 'aria-label': name })}
      data={syncEvery.options.map((each) => ({ value: each, label: t(`interval.${each}`) }))}
      value={value}
      disabled={disabled}
      onChange={(every) => every !== null && onChange(syncEvery.parse(every))}
      allowDeselect={false}
    />
  )
}
