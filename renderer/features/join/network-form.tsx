import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DiscoveredView } from '../../../electron/contract/discovery.ts'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useCall, useDialogs, useSnapshot } from '../../store/app-context.ts'
import { useNow } from '../../store/use-now.ts'
import { useKeptOrder } from '../../store/use-kept-order.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { type FoundGroup, groupsOf, inOrder, standingOf } from '../../store/found-groups.ts'
import { FoundNode } from './found-node.tsx'
import { NobodyFound } from './nobody-found.tsx'
import { ScanControl } from './scan-control.tsx'
import { useLook } from '../../store/use-look.ts'

/** A node that is on has shown itself within this, ms. */
const patience = 3_000

interface NetworkFormProps {
  onStarted: (join: JoinView) => void
  onClose: () => void
  onWay: (way: 'url' | 'invite', url?: string) => void
}

/** Who is on this network, live. The first that can be joined is chosen, so that one click asks. */
export function NetworkForm({ onStarted, onClose, onWay }: NetworkFormProps) {
  const { t } = useTranslation(['join', 'common'])
  const { open } = useDialogs()
  const call = useCall()
  const found = useSnapshot(({ discovered }) => discovered)
  const network = useSnapshot((snapshot) => snapshot.network)
  const hasMesh = useSnapshot(({ meshes }) => Object.keys(meshes).length > 0)
  const [wanted, setWanted] = useState<string | null>(null)
  const [since] = useState(() => Date.now())
  const waited = useNow(1_000) - since
  useLook()

  // what a person points at must not slip away; nodes that come meanwhile are at the end
  const { order, watch } = useKeptOrder(inOrder(Object.values(found)).map(({ id }) => id))
  const nodes = order.flatMap((id) => found[id] ?? [])
  const groups = groupsOf(nodes)
  const chosen = chosenOf(nodes, wanted)
  // nodes that appear later must not take the place of the one that a person is about to ask
  if (chosen !== null && chosen.id !== wanted) setWanted(chosen.id)
  const standing = chosen === null ? null : standingOf(chosen)
  // no node id goes along: it came from the network, and would spare the code
  const start = useTask(async (url: string) => onStarted(await call('join.start', { url })))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const url = chosen?.urls[0]
    if (url === undefined) return
    if (standing === 'new') open({ kind: 'invite' })
    else if (standing === 'legacy') onWay('url', url)
    else void start.run(url)
  }
  return (
    <form onSubmit={submit}>
      <div className="dialog-body found-list">
        <span className="found-looking" role="status">
          <IconRefresh size={15} stroke={1.7} aria-hidden /> {t('lookingSince', { seconds: Math.max(0, Math.floor(waited / 1000)) })}
        </span>
        <div className="found-groups" {...watch}>
          {groups.map((group, index) => (
            <Group key={keyOf(group, groups.slice(0, index))} group={group} chosen={chosen?.id ?? null} onChoose={setWanted} />
          ))}
        </div>
        {groups.length === 0 && waited >= patience && <NobodyFound network={network} onWay={onWay} onClose={onClose} />}
        {groups.length > 0 && (
          <div className="found-more">
            <span className="hint">{t('notInList')}</span>
            <ScanControl scan={network.scan} />
          </div>
        )}
        <FailureText failure={start.failure} />
      </div>
      <footer className="dialog-footer">
        <span className="hint">{standing === 'new' && !hasMesh ? t('foundNewHelp') : t('nameNoProof')}</span>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" disabled={chosen === null || (standing === 'new' && !hasMesh)} loading={start.running}>
          {standing === 'new' ? t('common:invite') : standing === 'legacy' ? t('enterKey') : t('ask')}
        </Button>
      </footer>
    </form>
  )
}

function Group({ group, chosen, onChoose }: { group: FoundGroup; chosen: string | null; onChoose: (id: string) => void }) {
  const { t } = useTranslation('join')
  const title = group.mesh ?? t(`foundGroup.${group.kind === 'mesh' ? 'unnamed' : group.kind}`)
  return (
    <fieldset className="found-group">
      <legend>
        <b>{title}</b>
        {group.kind === 'mesh' && <span>{t('foundHere', { count: group.nodes.length })}</span>}
      </legend>
      {group.nodes.map((node) => (
        <FoundNode key={node.id} node={node} chosen={chosen === node.id} onChoose={() => onChoose(node.id)} />
      ))}
    </fieldset>
  )
}

/** The same for a group whose nodes come and go; told apart by number when it comes twice. */
function keyOf({ kind, mesh }: FoundGroup, before: readonly FoundGroup[]): string {
  return `${kind} ${mesh ?? ''} ${before.filter((group) => group.kind === kind && group.mesh === mesh).length}`
}

/** What the person chose while it is there, else the first node that can be asked. */
function chosenOf(nodes: readonly DiscoveredView[], wanted: string | null): DiscoveredView | null {
  return nodes.find(({ id }) => id === wanted) ?? nodes.find((node) => standingOf(node) === 'joinable') ?? null
}
