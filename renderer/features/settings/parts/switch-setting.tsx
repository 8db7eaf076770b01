import { Switch } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import type { Settings } from '../../../../electron/contract/settings.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Setting } from './setting.tsx'
import { useSetting } from './use-setting.ts'

type SwitchName = { [K in keyof Settings]: Settings[K] extends boolean ? K : never }[keyof Settings] & string

interface SwitchLine {
  name: SwitchName
  title: string
  help: ReactNode
  /** Asked before it is switched on, when that has a consequence. */
  asks?: { title: string; verb: string; text: string } | null
  /** What came of it, below the line. */
  state?: ReactNode
}

/** A setting that is on or off. The switch moves at once, and goes back when the node refuses. */
export function SwitchSetting({ name, title, help, asks = null, state }: SwitchLine) {
  const on = useSnapshot(({ settings }) => settings[name])
  const [asking, setAsking] = useState(false)
  const save = useSetting()
  const set = async (next: boolean) => {
    if ((await save.run({ [name]: next })) === true) setAsking(false)
  }
  return (
    <Setting title={title} help={help} of={[name]} below={save.failure && !asking ? <FailureText failure={save.failure} /> : state}>
      <Switch
        size="md"
        checked={save.running ? !on : on}
        disabled={save.running}
        onChange={(event) => (event.currentTarget.checked && asks ? setAsking(true) : void set(event.currentTarget.checked))}
        aria-label={title}
      />
      {asking && asks && (
        <ConfirmDialog
          title={asks.title}
          verb={asks.verb}
          running={save.running}
          failure={save.failure}
          onConfirm={() => void set(true)}
          onClose={() => setAsking(false)}
        >
          {asks.text}
        </ConfirmDialog>
      )}
    </Setting>
  )
}
