import { Button, NumberInput, TextInput } from '@mantine/core'
import { IconShare3 } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { toast } from '../../ui/toast.ts'

/** Shares a program that runs on this computer, by name and port. */
export function ShareForm() {
  const { t } = useTranslation('services')
  const call = useCall()
  const [name, setName] = useState('')
  const [port, setPort] = useState<number | string>('')
  const share = useTask(async () => {
    const service = await call('service.share', { name: name.trim(), port: Number(port) })
    toast(t('shared', { name: service.name }))
    setName('')
    setPort('')
  })
  const ready = name.trim() !== '' && Number(port) >= 1
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready) void share.run()
  }
  return (
    <section className="card" aria-labelledby="share-title">
      <form className="share-form" onSubmit={submit}>
        <h2 className="card-title" id="share-title">
          {t('shareTitle')}
        </h2>
        <p className="hint">{t('shareHelp')}</p>
        <TextInput
          label={t('name')}
          placeholder={t('nameExample')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={64}
          autoComplete="off"
        />
        <NumberInput
          label={t('port')}
          placeholder="8096"
          value={port}
          onChange={setPort}
          min={1}
          max={65535}
          allowDecimal={false}
          allowNegative={false}
          hideControls
        />
        <FailureText failure={share.failure} />
        <Button type="submit" leftSection={<IconShare3 {...buttonIcon} />} disabled={!ready} loading={share.running}>
          {t('shareVerb')}
        </Button>
      </form>
    </section>
  )
}
