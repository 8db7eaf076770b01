import { Select } from '@mantine/core'
import { useState } from 'react'
import { Trans, useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AiView } from '../../../../electron/contract/ai.ts'
import { desktopSystem } from '../../../store/desktop-system.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { modelChoices } from './model-choices.ts'
import { type Client, clientNames, clients, isClient, keyCommand, keyVariable, recipeOf } from './recipes.ts'

/** Where Continue looks for its models. */
const continueFile = 'config.yaml'
/** Stands in recipes while there is no model at all. */
const exampleModel = 'llama3.2:3b'

/** What to copy into common programs, with the address and a model filled in. The key is never part of it. */
export function ClientSettings({ ai }: { ai: AiView }) {
  const { t } = useTranslation('clients')
  const [client, setClient] = useState<Client>('openai-python')
  const [chosen, setChosen] = useState<string | null>(null)
  const os = useSnapshot(({ node }) => node.os)
  const choices = modelChoices(ai)
  const model = chosen !== null && choices.includes(chosen) ? chosen : (choices[0] ?? exampleModel)
  const system = desktopSystem(os)
  const { code, notes } = recipeOf(client, { url: ai.url, model, needsKey: ai.needsKey, system })
  return (
    <section className="card client-settings" aria-labelledby="client-settings-title">
      <h2 className="card-title" id="client-settings-title">
        {t('title')}
      </h2>
      <p className="hint">{t('help')}</p>
      <div className="client-choices">
        <Select
          label={t('program')}
          data={clientNames.map((value) => ({ value, label: clients[value] }))}
          value={client}
          onChange={(value) => isClient(value) && setClient(value)}
          allowDeselect={false}
        />
        {choices.length > 0 && (
          <Select
            label={t('model')}
            data={choices}
            value={model}
            onChange={setChosen}
            allowDeselect={false}
            searchable={choices.length > 8}
          />
        )}
      </div>
      <figure className="recipe">
        <figcaption>
          <span className="grow">{client === 'continue' ? <code>{continueFile}</code> : clients[client]}</span>
          <CopyValue value={code} label={t('copy', { program: clients[client] })} />
        </figcaption>
        {/* long lines are scrolled to by keyboard, too */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- an area that scrolls has to take the focus */}
        <pre tabIndex={0}>{code}</pre>
      </figure>
      {notes.map((note) => (
        <p key={note} className="hint">
          <Trans
            t={t}
            i18nKey={`note.${note}`}
            values={{ variable: keyVariable, command: keyCommand(system) }}
            components={{ code: <code />, a: <Link href="/settings/access" /> }}
          />
        </p>
      ))}
    </section>
  )
}
