import { ActionIcon, Button } from '@mantine/core'
import { IconMessage2, IconPencil, IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { AiView } from '../../../../electron/contract/ai.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useAiChange } from '../../../store/use-ai-change.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { buttonIcon } from '../../../ui/icons.ts'
import { firstToBeHad } from '../list/model-standing.ts'
import { modelPath } from '../model-path.ts'
import { withAlias, withoutAlias } from './alias-draft.ts'
import { AliasForm } from './alias-form.tsx'

/** Names of the user’s own, each for the first of a list of models that is to be had. */
export function Aliases({ ai }: { ai: AiView }) {
  const { t } = useTranslation('clients')
  const [edited, setEdited] = useState<{ name: string | null } | null>(null)
  const change = useAiChange(t('aliasesChanged'))
  const { aliases } = ai
  const set = (next: AiView['aliases']) => change.run({ aliases: next }, { aliases })
  const names = Object.keys(aliases)
  return (
    <section className="card aliases" aria-labelledby="aliases-title">
      <div className="card-head">
        <h2 id="aliases-title">{t('aliases')}</h2>
        <span className="card-sub num grow">{names.length > 0 && names.length}</span>
        {edited === null && (
          <Button variant="default" size="compact-sm" leftSection={<IconPlus {...buttonIcon} />} onClick={() => setEdited({ name: null })}>
            {t('addAlias')}
          </Button>
        )}
      </div>
      <p className="hint">{t('aliasesHelp')}</p>
      {names.length > 0 && (
        <ul aria-labelledby="aliases-title">
          {names.map((name) => (
            <AliasLine
              key={name}
              name={name}
              ai={ai}
              onEdit={() => setEdited({ name })}
              onRemove={() => void set(withoutAlias(aliases, name))}
            />
          ))}
        </ul>
      )}
      {edited !== null && (
        <AliasForm
          key={edited.name}
          before={edited.name}
          ai={ai}
          saving={change.running}
          onSave={async (draft) => {
            if (await set(withAlias(aliases, edited.name, draft))) setEdited(null)
          }}
          onCancel={() => setEdited(null)}
        />
      )}
      <FailureText failure={change.failure} />
    </section>
  )
}

interface AliasLineProps {
  name: string
  ai: AiView
  onEdit: () => void
  onRemove: () => void
}

function AliasLine({ name, ai, onEdit, onRemove }: AliasLineProps) {
  const { t } = useTranslation('clients')
  const format = useFormat()
  const [, navigate] = useLocation()
  const models = ai.aliases[name] ?? []
  const now = firstToBeHad(models, ai.models)
  return (
    <li>
      <div className="grow">
        <b>{name}</b>
        <span>{now === null ? t('leadsNowhere') : t('leadsTo', { model: now.name })}</span>
        <small>{t('triedInOrder', { list: format.facts(models) })}</small>
      </div>
      <ActionIcon aria-label={t('tryAlias', { name })} onClick={() => navigate(modelPath(name, 'trial'))}>
        <IconMessage2 {...buttonIcon} />
      </ActionIcon>
      <ActionIcon aria-label={t('editAlias', { name })} onClick={onEdit}>
        <IconPencil {...buttonIcon} />
      </ActionIcon>
      <ActionIcon aria-label={t('removeAlias', { name })} onClick={onRemove}>
        <IconX {...buttonIcon} />
      </ActionIcon>
    </li>
  )
}
