import { useTranslation } from 'react-i18next'
import type { ModelPlace, ModelView } from '../../../../electron/contract/ai.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { useEngineName } from '../../../ui/engine-name.ts'
import { StateMark } from '../../../ui/state-mark.tsx'
import { bestFirst, markOf, standingAt } from '../list/model-standing.ts'
import { usePlaceFigures, useStandingWord } from '../list/use-model-text.ts'

/** What is known of a model, and each place with how it does there, or why it is not asked. */
export function ModelDetails({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  return (
    <>
      <section aria-label={t('places')}>
        <h3>{t('places')}</h3>
        <ul className="model-places">
          {bestFirst(model.places).map((place) => (
            <Place key={`${place.node.id} ${place.engine}`} place={place} />
          ))}
        </ul>
      </section>
      <section aria-label={t('about')}>
        <h3>{t('about')}</h3>
        <Facts model={model} />
      </section>
    </>
  )
}

function Place({ place }: { place: ModelPlace }) {
  const { t } = useTranslation('models')
  const wordOf = useStandingWord()
  const figuresOf = usePlaceFigures()
  const engineName = useEngineName()
  const standing = standingAt(place)
  const isUsable = standing === 'loaded' || standing === 'ready'
  const help = isUsable ? t(`standingHelp.${standing}`) : null
  const figures = figuresOf(place) || (isUsable ? t('notMeasured') : '')
  return (
    <li>
      <StateMark mark={markOf(standing)} size={13} />
      <div className="grow">
        <b>{place.own ? t('thisComputer', { name: place.node.name }) : place.node.name}</b>
        <span>{help ?? wordOf(standing)}</span>
        {figures !== '' && <small className="num">{figures}</small>}
      </div>
      <small>{engineName(place.engine)}</small>
    </li>
  )
}

function Facts({ model }: { model: ModelView }) {
  const { t } = useTranslation('models')
  const format = useFormat()
  const aliases = useSnapshot(({ ai }) => Object.keys(ai.aliases).filter((alias) => ai.aliases[alias]?.includes(model.name)))
  const { name, uses, contextLength, size, parameters, quantization } = model
  const facts = [
    [t('fact.uses'), uses.length === 0 ? t('untold') : format.list(uses.map((use) => t(`use.${use}`)))],
    [t('fact.parameters'), parameters],
    [t('fact.quantization'), quantization],
    [t('fact.size'), size === null ? null : format.bytes(size)],
    [t('fact.context'), contextLength === null ? null : t('tokens', { count: contextLength })],
    [t('fact.aliases'), aliases.length === 0 ? null : format.list(aliases)],
  ] as const
  return (
    <dl className="facts-list model-facts">
      <dt>{t('fact.name')}</dt>
      <dd className="copy-line">
        <code>{name}</code>
        <CopyValue value={name} label={t('copyName', { name })} />
      </dd>
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  )
}
