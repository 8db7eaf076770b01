import { MultiSelect, SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AiTerms } from '../../../../electron/contract/ai.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { useAiChange } from '../../../store/use-ai-change.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { LimitsForm } from '../../../ui/limits/limits-form.tsx'
import { useLimitsDraft } from '../../../ui/limits/use-limits-draft.ts'
import { DrawerSection } from '../drawer/drawer-section.tsx'
import { chosenFor, oneByOne, ownModels, tokenLimit, type Who, whoMay, withWho } from './terms.ts'

/** Which models peers get, which peers, and how much one of them in a day. Each change holds at once and can be undone. */
export function TermsSection() {
  const { t } = useTranslation('engines')
  const terms = useSnapshot(({ ai }) => ai.terms)
  const engines = useSnapshot(({ ai }) => ai.engines)
  const change = useAiChange(t('termsChanged'))
  const own = ownModels(engines)
  const { models } = terms
  const set = (next: AiTerms['models']) => void change.run({ terms: { models: next } }, { terms: { models } })
  return (
    <DrawerSection title={t('terms')}>
      <SegmentedControl
        fullWidth
        size="xs"
        data={[
          { value: 'all', label: t('allModels') },
          { value: 'some', label: t('someModels') },
        ]}
        value={models === null ? 'all' : 'some'}
        disabled={change.running}
        onChange={(value) => set(value === 'all' ? null : oneByOne(models, own))}
        aria-label={t('whichModels')}
      />
      {models !== null && chosenFor(models, own).length === 0 && <p className="cap-result">{t('noModelsHere')}</p>}
      {models !== null && (
        <ul className="term-models" aria-label={t('whichModels')}>
          {chosenFor(models, own).map((name) => (
            <ModelTerms
              key={name}
              name={name}
              isAway={!own.includes(name)}
              who={whoMay(models, name)}
              disabled={change.running}
              onChange={(who) => set(withWho(models, name, who))}
            />
          ))}
        </ul>
      )}
      <FailureText failure={change.failure} />
      <Budget terms={terms} />
    </DrawerSection>
  )
}

interface ModelTermsProps {
  name: string
  /** No engine here has it now. */
  isAway: boolean
  who: Who
  disabled: boolean
  onChange: (who: Who) => void
}

const choices = ['all', 'nobody', 'chosen'] as const

function ModelTerms({ name, isAway, who, disabled, onChange }: ModelTermsProps) {
  const { t } = useTranslation('engines')
  const peers = useSnapshot((snapshot) => Object.values(snapshot.peers)).filter(({ kind, removed }) => kind === 'node' && removed === null)
  const ids = typeof who === 'string' ? null : who
  const data = [
    ...peers.map((peer) => ({ value: peer.id, label: peer.name })),
    ...(ids ?? []).filter((id) => !peers.some((peer) => peer.id === id)).map((id) => ({ value: id, label: id })),
  ]
  const choose = (value: string | null) => {
    if (value === 'all' || value === 'nobody') onChange(value)
    else if (value === 'chosen') onChange(ids ?? [])
  }
  return (
    <li>
      <span className="term-model">
        <b className="cut" title={name}>
          {name}
        </b>
        {isAway && <small>{t('notHereNow')}</small>}
      </span>
      <Select
        size="xs"
        data={choices.map((value) => ({ value, label: t(`who.${value}`) }))}
        value={ids === null ? String(who) : 'chosen'}
        disabled={disabled}
        onChange={choose}
        allowDeselect={false}
        aria-label={t('whoMayUse', { model: name })}
      />
      {ids !== null && (
        <MultiSelect
          className="term-peers"
          size="xs"
          data={data}
          value={[...ids]}
          disabled={disabled}
          onChange={onChange}
          placeholder={ids.length === 0 ? t('choosePeers') : ''}
          maxValues={64}
          searchable={data.length > 8}
          hidePickedOptions
          aria-label={t('whichPeers', { model: name })}
        />
      )}
    </li>
  )
}

function Budget({ terms }: { terms: AiTerms }) {
  const { t } = useTranslation('engines')
  const change = useAiChange(t('termsChanged'))
  const { tokensPerPeerAndDay } = terms
  const draft = useLimitsDraft({
    kind: tokenLimit,
    now: { tokensPerPeerAndDay },
    save: (next) => change.run({ terms: next ?? tokenLimit.usual }, { terms: { tokensPerPeerAndDay } }),
  })
  return (
    <LimitsForm
      label={t('budgetOf')}
      fields={[{ name: 'tokensPerPeerAndDay', label: t('budget'), help: t('budgetHelp'), min: 1, problem: { range: t('budgetProblem') } }]}
      draft={draft}
      failure={change.failure}
      withReset={false}
    />
  )
}
