import { Button, NumberInput, TextInput } from '@mantine/core'
import { IconShare3 } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListeningProgram } from '../../../electron/contract/programs.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'
import { toast } from '../../ui/toast.ts'
import { PlaceState } from './place-state.tsx'
import { Suggestions } from './suggestions.tsx'
import { type Place, placeOf, type TypedPlace } from './typed-place.ts'

const nowhere: TypedPlace = { where: 'here', port: '', url: '' }

/** Shares a program by name and port, or one elsewhere by its address; says what answers there before it is shared. */
export function ShareForm() {
  const { t } = useTranslation('services')
  const call = useCall()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState(nowhere)
  const set = (change: Partial<TypedPlace>) => setTyped({ ...typed, ...change })
  const place = placeOf(typed)
  const share = useTask(async (where: Place) => {
    const service = await call('service.share', { name: name.trim(), ...where })
    toast(t('shared', { name: service.name }))
    setName('')
    setTyped(nowhere)
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (place !== null && name.trim() !== '') void share.run(place)
  }
  const take = (program: ListeningProgram) => {
    set({ where: 'here', port: program.port })
    if (name.trim() === '') setName(program.name.slice(0, 64))
  }
  const elsewhere = typed.where === 'elsewhere'
  return (
    <section className="card" aria-labelledby="share-title">
      <form className="share-form" onSubmit={submit} noValidate>
        <h2 className="card-title" id="share-title">
          {t('shareTitle')}
        </h2>
        <p className="hint">{t('shareHelp')}</p>
        <Suggestions onTake={take} />
        <TextInput
          label={t('name')}
          placeholder={t('nameExample')}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          maxLength={64}
          autoComplete="off"
        />
        {elsewhere ? (
          <TextInput
            label={t('url')}
            placeholder={t('urlExample')}
            value={typed.url}
            onChange={(event) => set({ url: event.currentTarget.value })}
            classNames={{ input: 'mono-input' }}
            maxLength={2048}
            autoComplete="off"
            spellCheck={false}
          />
        ) : (
          <NumberInput
            label={t('port')}
            placeholder="8096"
            value={typed.port}
            onChange={(port) => set({ port })}
            min={1}
            max={65535}
            allowDecimal={false}
            allowNegative={false}
            hideControls
          />
        )}
        <PlaceState place={place} />
        <Button className="share-where" variant="subtle" size="compact-sm" onClick={() => set({ where: elsewhere ? 'here' : 'elsewhere' })}>
          {t(elsewhere ? 'here' : 'elsewhere')}
        </Button>
        <FailureText failure={share.failure} />
        <Button
          type="submit"
          leftSection={<IconShare3 {...buttonIcon} />}
          disabled={place === null || name.trim() === ''}
          loading={share.running}
        >
          {t('shareVerb')}
        </Button>
      </form>
    </section>
  )
}
