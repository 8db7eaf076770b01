import { useTranslation } from 'react-i18next'
import type { OfferedCapability } from '../../electron/contract/snapshot.ts'
import { useCapabilityName } from './capability-name.ts'
import { iconOfCapability } from './icons.ts'

interface OffersProps {
  offers: readonly OfferedCapability[]
  /** Names of those that this computer uses right now: another look, and another word. */
  uses?: readonly string[]
}

/** What a peer offers, as chips; one whose backend does not answer is struck through and says so, as is one that is paused. */
export function Offers({ offers, uses = [] }: OffersProps) {
  const { t } = useTranslation()
  const nameOf = useCapabilityName()
  const shown = offers.filter(({ state }) => state !== 'off')
  if (shown.length === 0) return <span className="none">{t('offersNothing')}</span>
  return (
    <span className="offers">
      {shown.map(({ name, state, detail }) => {
        const Icon = iconOfCapability(name)
        const word = nameOf(name)
        const works = state !== 'problem' && state !== 'paused'
        const title = works ? (detail ? `${word}: ${detail}` : word) : t(state === 'paused' ? 'offerPaused' : 'offerFails', { name: word })
        const used = uses.includes(name)
        return (
          <span
            key={name}
            className="offer"
            data-problem={works ? undefined : true}
            data-used={used || undefined}
            title={used ? t('offerUsed', { name: word }) : title}
          >
            <Icon size={15} stroke={1.7} aria-hidden />
            <span>{word}</span>
          </span>
        )
      })}
    </span>
  )
}
