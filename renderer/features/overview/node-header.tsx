import { Button, VisuallyHidden } from '@mantine/core'
import { useThrottledValue } from '@mantine/hooks'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { type NextAction, type SentenceKey, sharedNow } from '../../store/node-sentence.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { type SaidSentence, useNodeSentence, useSharedWords } from '../../store/use-node-sentence.ts'
import { HouseMark } from '../../ui/house-mark.tsx'

/** Changes of the sentence are read aloud at most this often, ms. */
const announceEvery = 5_000
/** Meshes whose members are counted in the line below the sentence. */
const mostMeshes = 2
/** What is to be done about these stands right below, in a strip or banner. */
const answeredBelow: ReadonlySet<SentenceKey> = new Set(['requests', 'warnings'])

/** This node in one sentence, state first, then the one thing that matters; below it what that rests on. */
export function NodeHeader({ actions }: { actions: ReactNode }) {
  const sentence = useNodeSentence()
  const state = useSnapshot(({ node }) => node.state)
  const { key, text, action } = sentence
  const facts = useFacts(key)
  return (
    <header className="node-header">
      <HouseMark state={key === 'unreachable' ? 'starting' : state} size={48} />
      <div className="grow">
        <h1>{text}</h1>
        {facts !== '' && <p>{facts}</p>}
        <Announced sentence={sentence} />
      </div>
      <div className="page-actions">
        {action !== null && !answeredBelow.has(key) && <NextButton action={action} />}
        {actions}
      </div>
    </header>
  )
}

/** For screen readers: what the sentence says now, but no flood of it, and not each minute of a pause that goes by. */
function Announced({ sentence: { key, values, text } }: { sentence: SaidSentence }) {
  const sense = JSON.stringify([key, { ...values, left: null }])
  const [said, setSaid] = useState({ sense, text })
  // Derived state: React renders again at once, before anything is painted.
  if (said.sense !== sense) setSaid({ sense, text })
  return <VisuallyHidden role="status">{useThrottledValue(said.text, announceEvery)}</VisuallyHidden>
}

function NextButton({ action }: { action: NextAction }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const [, navigate] = useLocation()
  return (
    <Button variant="default" onClick={() => (action.dialog === undefined ? navigate(action.screen) : open(action.dialog))}>
      {wordOf(action.verb)}
    </Button>
  )

  function wordOf(verb: NextAction['verb']): string {
    switch (verb) {
      case 'review':
      case 'invite':
      case 'join':
      case 'share':
        return t(`next.${verb}`)
      default:
        return t(`help.${verb}`)
    }
  }
}

/** What the sentence rests on: what is shared, unless it said so, and who is online in each mesh. */
function useFacts(said: SentenceKey): string {
  const { t } = useTranslation('overview')
  const format = useFormat()
  const shared = useSharedWords()(sharedNow(useSnapshot(({ capabilities, services }) => ({ capabilities, services }))))
  const meshes = useSnapshot(meshesByAge)
  const share = shared === '' ? t('sharingNothing') : t('sharing', { list: shared })
  const members = meshes
    .slice(0, mostMeshes)
    .map(({ name, members, online }) =>
      online === members && members > 1
        ? t('allOnline', { mesh: name })
        : t('membersOnline', { mesh: name, online: format.number(online), count: members }),
    )
  const more = meshes.length > mostMeshes ? [t('moreMeshes', { count: meshes.length - mostMeshes })] : []
  return [...(saysSharing.has(said) ? [] : [share]), ...members, ...more].join(' ')
}

const saysSharing: ReadonlySet<SentenceKey> = new Set(['online', 'onlineSharing'])
