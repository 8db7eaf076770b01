import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AiView } from '../../../../electron/contract/ai.ts'
import { OrderList } from '../../../ui/order-list.tsx'
import { type AliasDraft, problemOf } from './alias-draft.ts'

interface AliasFormProps {
  /** The name it has now; null for a new one. */
  before: string | null
  ai: AiView
  saving: boolean
  onSave: (draft: AliasDraft) => Promise<void>
  onCancel: () => void
}

/** A name and the models it stands for, in the order in which they are asked for. */
export function AliasForm({ before, ai, saving, onSave, onCancel }: AliasFormProps) {
  const { t } = useTranslation(['clients', 'common'])
  const [draft, setDraft] = useState<AliasDraft>({ name: before ?? '', models: before === null ? [] : (ai.aliases[before] ?? []) })
  const [tried, setTried] = useState(false)
  const problem = problemOf(draft, before, ai)
  // what is still missing is said once somebody wants to save, what is wrong at once
  const shown = problem !== null && (tried || problem === 'characters' || problem === 'taken' || problem === 'model') ? problem : null
  const isAboutName = shown !== null && shown !== 'models' && shown !== 'many'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (problem === null) void onSave(draft)
  }
  const named = (name: string) => ({ id: name, name })
  return (
    <form className="alias-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('aliasName')}
        placeholder={t('aliasExample')}
        value={draft.name}
        onChange={(event) => setDraft({ ...draft, name: event.currentTarget.value })}
        error={isAboutName && t(`aliasProblem.${shown}`)}
        classNames={{ input: 'mono-input' }}
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it was asked for by the button that opened it
        autoFocus
      />
      <OrderList
        label={t('aliasModels')}
        help={t('aliasModelsHelp')}
        none={t('aliasNone')}
        add={t('addModel')}
        addTo={t('addModelTo')}
        entries={draft.models.map(named)}
        addable={ai.models.filter(({ name }) => !draft.models.includes(name)).map(({ name }) => named(name))}
        onChange={(models) => setDraft({ ...draft, models })}
      />
      <div role="alert">{shown !== null && !isAboutName && <p className="hint">{t(`aliasProblem.${shown}`)}</p>}</div>
      <div className="alias-do">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {t('saveAlias')}
        </Button>
      </div>
    </form>
  )
}
