import { SegmentedControl } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Settings } from '../../../../electron/contract/settings.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Setting } from './setting.tsx'
import { useSetting } from './use-setting.ts'

interface ChoiceLine<N extends 'theme' | 'metered' | 'logLevel'> {
  name: N
  title: string
  help?: ReactNode
  /** Every choice with its word, in the order they are shown. */
  words: Record<Settings[N], string>
}

/** A setting that is one of a few. */
export function ChoiceSetting<N extends 'theme' | 'metered' | 'logLevel'>({ name, title, help, words }: ChoiceLine<N>) {
  const chosen = useSnapshot(({ settings }) => settings[name])
  const save = useSetting()
  return (
    <Setting title={title} help={help} of={[name]} below={save.failure && <FailureText failure={save.failure} />}>
      <SegmentedControl
        data={Object.entries<string>(words).map(([value, label]) => ({ value, label }))}
        value={chosen}
        onChange={(value) => void save.run({ [name]: value })}
        aria-label={title}
      />
    </Setting>
  )
}
