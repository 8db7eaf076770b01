import { IconBinaryTree2, IconEye, IconMessage2, type IconProps } from '@tabler/icons-react'
import { createElement, memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelView } from '../../../../electron/contract/ai.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { rowIcon } from '../../../ui/icons.ts'
import { StateMark } from '../../../ui/state-mark.tsx'
import type { ModelRow as Row } from './model-filter.ts'
import { canChat, markOf, modelStanding } from './model-standing.ts'
import { useModelText } from './use-model-text.ts'

interface ModelRowProps {
  row: Row
  /** Its details are open. */
  open: boolean
  tabIndex: number
  onOpen: (name: string) => void
}

/** One model, 54 px high; the whole row opens its details. Its label says in words what the row draws. */
export const ModelRow = memo(function ModelRow({ row: { id, model, aliases }, open, tabIndex, onOpen }: ModelRowProps) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const { about, word, where, speed } = useModelText()(model)
  const called = aliases.length > 0 && t('alsoCalled', { names: format.list(aliases) })
  const uses = model.uses.filter((use) => use !== 'completion').map((use) => t(`use.${use}`))
  const facts = format.facts([called, about])
  const said = format.facts([word, where, speed, about, called, format.list(uses)])
  return (
    <button
      type="button"
      className="row model-row"
      aria-label={t('openDetails', { name: id, said })}
      aria-pressed={open}
      tabIndex={tabIndex}
      onClick={() => onOpen(id)}
    >
      <span className="well">
        <ModelIcon model={model} {...rowIcon} />
      </span>
      <span>
        <b className="cut" title={id}>
          {id}
        </b>
        <small title={facts}>{facts}</small>
      </span>
      <span className="model-state">
        <span className="state-word">
          <StateMark mark={markOf(modelStanding(model)?.standing ?? 'not_offered')} size={13} />
          <span title={word}>{word}</span>
        </span>
        <small title={where}>{where}</small>
      </span>
      <span className="model-uses">
        {uses.map((use) => (
          <span key={use} className="offer">
            {use}
          </span>
        ))}
      </span>
      <span className="model-speed num">{speed}</span>
    </button>
  )
})

/** By what a model is for. */
export const ModelIcon = ({ model, ...props }: { model: Pick<ModelView, 'uses'> } & IconProps) =>
  createElement(model.uses.includes('vision') ? IconEye : canChat(model) ? IconMessage2 : IconBinaryTree2, props)
