import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProgramCheck } from '../../../electron/contract/programs.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useLookup } from '../../store/use-lookup.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'
import { type Place, placeFromKey, placeKey } from './typed-place.ts'

/** A person has stopped typing, ms. */
const stillFor = 500

const marks: Record<ProgramCheck['kind'], Mark> = {
  web: 'online',
  other: 'checking',
  nothing: 'offline',
  own: 'problem',
  refused: 'problem',
}

/** What answers where the program is said to run, found out while it is typed. */
export function PlaceState({ place }: { place: Place | null }) {
  const { t } = useTranslation('services')
  const call = useCall()
  const key = placeKey(place)
  const look = useCallback((typed: string) => call('service.check', placeFromKey(typed)), [call])
  const lookup = useLookup(key, look, stillFor)
  const shared = useSnapshot(({ services }) =>
    Object.values(services).find(({ url, port }) => url === key || (String(port) === key && new URL(url).hostname === '127.0.0.1')),
  )
  return (
    <div role="status" className="share-state">
      {shared && <p className="hint">{t('already', { name: shared.name })}</p>}
      {lookup.kind === 'looking' && <StateWord mark="checking">{t('looking')}</StateWord>}
      {lookup.kind === 'found' && <Found check={lookup.content} />}
      {lookup.kind === 'failed' && <FailureText failure={lookup.failure} />}
    </div>
  )
}

function Found({ check: { kind, name } }: { check: ProgramCheck }) {
  const { t } = useTranslation('services')
  const named = name !== null && (kind === 'web' || kind === 'other')
  return <StateWord mark={marks[kind]}>{named ? t(`found.${kind}Named`, { name }) : t(`found.${kind}`)}</StateWord>
}
