import { Button, TextInput } from '@mantine/core'
import { type ComponentType, type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Settings, type SettingsChange, settingsChange } from '../../../../electron/contract/settings.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { Setting } from './setting.tsx'
import { useSetting } from './use-setting.ts'

interface TextSettingLine {
  title: string
  help: ReactNode
  value: string
  placeholder?: string
  numeric?: boolean
  mono?: boolean
  of: readonly (keyof Settings)[]
  /** What is allowed, in a sentence that is shown while something else stands in the field. */
  allowed: string
  /** What is found out about a text while it is typed; asked only for texts that are allowed. */
  Found?: ComponentType<{ text: string }>
  /** The change that saves the text; empty text takes the choice back where that is allowed. */
  change: (text: string) => SettingsChange
}

/** A setting that is typed: saved by Enter or its button, so that half a port is never tried. */
export function TextSetting({ title, help, value, placeholder, numeric, mono, of, allowed, Found, change }: TextSettingLine) {
  const { t } = useTranslation('settings')
  const [typed, setTyped] = useState<string | null>(null)
  const save = useSetting()
  const text = typed ?? value
  const changed = text.trim() !== value
  const isAllowed = !changed || settingsChange.safeParse(change(text.trim())).success
  const known = Found && changed && isAllowed && text.trim() !== '' && <Found text={text.trim()} />
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!changed || !isAllowed) return
    if (await save.run(change(text.trim()))) setTyped(null)
  }
  const giveUp = () => {
    save.clear()
    setTyped(null)
  }
  return (
    <form onSubmit={(event) => void submit(event)} className="setting-form" noValidate>
      <Setting title={title} help={help} of={of} below={save.failure ? <FailureText failure={save.failure} /> : known}>
        <TextInput
          value={text}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && giveUp()}
          error={!isAllowed && allowed}
          placeholder={placeholder}
          aria-label={title}
          inputMode={numeric ? 'numeric' : undefined}
          classNames={mono ? { input: 'mono-input' } : {}}
          autoComplete="off"
          spellCheck={false}
        />
        {changed && (
          <Button type="submit" variant="default" disabled={!isAllowed} loading={save.running} aria-label={t('saveOf', { title })}>
            {t('save')}
          </Button>
        )}
      </Setting>
    </form>
  )
}
