import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SettingsChange } from '../../../electron/contract/settings.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { Setting } from './setting.tsx'
import { useSetting } from './use-setting.ts'

/** A setting that is typed: saved by Enter or its button, so that half a port is never tried. */
export function TextSetting({
  title,
  help,
  value,
  placeholder,
  numeric = false,
  mono = false,
  change,
}: {
  title: string
  help: string
  value: string
  placeholder?: string
  numeric?: boolean
  mono?: boolean
  /** The change that saves the text; empty text takes the choice back where that is allowed. */
  change: (text: string) => SettingsChange
}) {
  const { t } = useTranslation('settings')
  const [typed, setTyped] = useState<string | null>(null)
  const save = useSetting()
  const text = typed ?? value
  const changed = text.trim() !== value
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!changed) return
    if (await save.run(change(text.trim()))) setTyped(null)
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="setting-form">
      <Setting title={title} help={help} below={save.failure && <FailureText failure={save.failure} />}>
        <TextInput
          value={text}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder={placeholder}
          aria-label={title}
          inputMode={numeric ? 'numeric' : undefined}
          classNames={mono ? { input: 'mono-input' } : {}}
          autoComplete="off"
          spellCheck={false}
        />
        {changed && (
          <Button type="submit" variant="default" loading={save.running} aria-label={t('saveOf', { title })}>
            {t('save')}
          </Button>
        )}
      </Setting>
    </form>
  )
}
