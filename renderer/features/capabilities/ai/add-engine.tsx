import { Button, PasswordInput, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { toast } from '../../../ui/toast.ts'

const nothing = { url: '', key: '', name: '' }

/** Asks for a model server by its address, with a key where it wants one. The key is sent once and never shown again. */
export function AddEngine({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['engines', 'common'])
  const call = useCall()
  const [typed, setTyped] = useState(nothing)
  const set = (change: Partial<typeof nothing>) => setTyped({ ...typed, ...change })
  const [url, key, name] = [typed.url.trim(), typed.key.trim(), typed.name.trim()]
  const add = useTask(async () => {
    const engine = await call('ai.engine.add', { url, ...(key !== '' && { key }), ...(name !== '' && { name }) })
    toast(t('added', { name: engine.name }))
    onDone()
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (url !== '') void add.run()
  }
  return (
    <form className="engine-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('url')}
        description={t('urlHelp')}
        placeholder={t('urlExample')}
        value={typed.url}
        onChange={(event) => set({ url: event.currentTarget.value })}
        classNames={{ input: 'mono-input' }}
        inputMode="url"
        maxLength={2048}
        autoComplete="off"
        spellCheck={false}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by the button that opened it
        autoFocus
      />
      <PasswordInput
        label={t('key')}
        description={t('keyHelp')}
        value={typed.key}
        onChange={(event) => set({ key: event.currentTarget.value })}
        classNames={{ input: 'mono-input' }}
        visibilityToggleButtonProps={{ 'aria-label': t('showKey') }}
        maxLength={512}
        autoComplete="off"
      />
      <TextInput
        label={t('name')}
        placeholder={t('nameExample')}
        value={typed.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
        maxLength={64}
        autoComplete="off"
      />
      <FailureText failure={add.failure} />
      <div className="engine-do">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={url === ''} loading={add.running}>
          {t('addVerb')}
        </Button>
      </div>
    </form>
  )
}
