import { ActionIcon, SegmentedControl } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { ModelView } from '../../../../electron/contract/ai.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { wellIcon } from '../../../ui/icons.ts'
import { SideDrawer } from '../../../ui/side-drawer.tsx'
import { StateWord } from '../../../ui/state-mark.tsx'
import { ModelIcon } from '../list/model-row.tsx'
import { canChat, firstToBeHad, markOf, modelStanding } from '../list/model-standing.ts'
import { useModelText } from '../list/use-model-text.ts'
import { type ModelPart, modelPath } from '../model-path.ts'
import { Trial } from '../trial/trial.tsx'
import { ModelDetails } from './model-details.tsx'

const isPart = (text: string): text is ModelPart => text === 'details' || text === 'trial'

/** A model, or what a name of the user’s own leads to now: what is known of it, or a chat by which it is tried. */
export function ModelDrawer({ name, part }: { name: string; part: ModelPart }) {
  const { t } = useTranslation('models')
  const [, navigate] = useLocation()
  const { models, aliases } = useSnapshot(({ ai }) => ai)
  const alias = models.some((model) => model.name === name) ? undefined : aliases[name]
  const model = models.find((each) => each.name === name) ?? (alias && firstToBeHad(alias, models))
  const close = () => navigate('/models')
  const talks = model ? canChat(model) : alias !== undefined
  return (
    <SideDrawer label={t('detailsOf', { name })} onClose={close}>
      <header className="drawer-head">
        <span className="well big">
          <ModelIcon model={model ?? { uses: [] }} {...wellIcon} />
        </span>
        <div className="grow">
          <h2 className="cut" title={name}>
            {name}
          </h2>
          <Standing model={model ?? null} isAlias={alias !== undefined} />
        </div>
        <ActionIcon aria-label={t('closeDetails')} onClick={close} data-autofocus>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      {talks && (
        <div className="model-parts">
          <SegmentedControl
            fullWidth
            size="xs"
            data={[
              { value: 'details', label: t('part.details') },
              { value: 'trial', label: t('part.trial') },
            ]}
            value={part}
            onChange={(value) => isPart(value) && navigate(modelPath(name, value))}
            aria-label={t('parts')}
          />
        </div>
      )}
      {talks && part === 'trial' ? (
        <Trial model={name} />
      ) : (
        <div className="drawer-sections">{model ? <ModelDetails model={model} /> : <p className="model-gone">{t('gone')}</p>}</div>
      )}
    </SideDrawer>
  )
}

function Standing({ model, isAlias }: { model: ModelView | null; isAlias: boolean }) {
  const { t } = useTranslation('models')
  const textOf = useModelText()
  const now = model && modelStanding(model)
  if (!model || !now) return <StateWord mark="offline">{t('nowhere')}</StateWord>
  const { word, where } = textOf(model)
  return (
    <StateWord mark={markOf(now.standing)}>{isAlias ? t('aliasNow', { model: model.name }) : t('wordWhere', { word, where })}</StateWord>
  )
}
