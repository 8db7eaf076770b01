import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Settings, SettingsChange } from '../../../../electron/contract/settings.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Setting } from './setting.tsx'
import { useSetting } from './use-setting.ts'

interface SelectLine {
  title: string
  help?: ReactNode
  of: readonly (keyof Settings)[]
  data: { value: string; label: string }[]
  value: string
  change: (value: string) => SettingsChange
}

/** A setting that is one of a list. */
export function SelectSetting({ title, help, of, data, value, change }: SelectLine) {
  const save = useSetting()
  return (
    <Setting title={title} help={help} of={of} below={save.failure && <FailureText failure={save.failure} />}>
      <Select
        data={data}
        value={value}
        onChange={(next) => next !== null && void save.run(change(next))}
        allowDeselect={false}
        aria-label={title}
      />
    </Setting>
  )
}
