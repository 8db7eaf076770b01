import { Button, Switch } from '@mantine/core'
import { IconAdjustments } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { capabilityResource } from '../../store/grants.ts'
import { useAccess } from '../../store/use-access.ts'
import { useNow } from '../../store/use-now.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { CapabilityIcon } from '../../ui/glyph.tsx'
import { wellIcon } from '../../ui/icons.ts'
import { StateMark } from '../../ui/state-mark.tsx'
import { useTermLines } from './ai/use-ai-lines.ts'
import { CapabilityUse } from './capability-use.tsx'
import { cardState, markOf } from './card-state.ts'
import { useLimitLines } from './use-limit-lines.ts'
import { useOfferSwitch } from './use-offer-switch.ts'
import { useStateWords } from './use-state-words.ts'

/** One capability in five places: what it is, its state and what it shares, limits, who uses it or what is missing, its switch. */
export function CapabilityCard({ capability, selected, onOpen }: { capability: CapabilityView; selected: boolean; onOpen: () => void }) {
  const { name } = capability
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(name)
  const now = useNow(60_000)
  const offer = useOfferSwitch(capability)
  const state = cardState(capability, offer.switching)
  const words = useStateWords()(state, now)
  const access = useAccess(capabilityResource(name))
  const lines = [...useTermLines(name), ...useLimitLines()(capability, access.meshes)]
  return (
    <section
      className="card cap"
      data-tone={state.kind === 'problem' ? 'problem' : undefined}
      data-on={offer.on || undefined}
      data-selected={selected || undefined}
      aria-label={word}
    >
      <span className="cap-icon">
        <CapabilityIcon name={name} {...wellIcon} />
      </span>
      <div className="cap-what">
        <h2>{word}</h2>
        <span className="state-word">
          <StateMark mark={markOf[state.kind]} size={13} />
          <b>{words}</b>
        </span>
        <p>{t(`shares.${name}`)}</p>
      </div>
      <ul className="cap-limits" aria-label={t('columnLimits')}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <div className="cap-who">
        <CapabilityUse capability={capability} state={state} refusal={offer.failure} onOpen={onOpen} />
      </div>
      <div className="cap-do">
        <Switch
          size="md"
          checked={offer.on}
          onChange={(event) => offer.set(event.currentTarget.checked)}
          aria-label={t('offer', { name: word })}
        />
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconAdjustments size={15} stroke={1.7} aria-hidden />}
          onClick={onOpen}
          aria-label={t('limitsOf', { name: word })}
          aria-expanded={selected}
        >
          {t('limits')}
        </Button>
      </div>
    </section>
  )
}
