import { Button, UnstyledButton } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useDialogs, useSnapshot } from '../../../store/app-context.ts'
import { meshesByAge } from '../../../store/node-summary.ts'
import { useLook } from '../../../store/use-look.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { MeshMade } from '../mesh-made.tsx'
import { type MeshWay, joinsUnderWay, nodeToAsk } from '../mesh-ways.ts'
import { MeshChoices } from '../mesh-choices.tsx'
import { pageAfter } from '../page-order.ts'
import { SetupPage } from '../setup-page.tsx'
import { useSetup } from '../use-setup.ts'

/**
 * Creates a mesh, or joins one in three ways, in the dialogs that every screen opens: features do not import each other, and
 * there is one of each. What is under way is shown here, and nothing waits for it.
 */
export function MeshPage() {
  const { t } = useTranslation('setup')
  const { open } = useDialogs()
  const call = useCall()
  const moves = useSetup()
  const meshes = useSnapshot(meshesByAge)
  const joins = useSnapshot((snapshot) => joinsUnderWay(snapshot))
  const [wanted, setWanted] = useState<string | null>(null)
  const node = useSnapshot(({ discovered }) => nodeToAsk(discovered, wanted))
  // who shows up later must not take the place of what a person is about to choose
  if (node !== null && node.id !== wanted) setWanted(node.id)
  const [way, setWay] = useState<MeshWay>(node === null ? 'create' : 'network')
  /** How many there were when a person wanted one more; null when nobody does. */
  const [wantsMoreThan, setWantsMoreThan] = useState<number | null>(null)
  const [asked, setAsked] = useState<string | null>(null)
  const shown = useRef<string | null>(null)
  useLook()
  const ask = useTask(async (url: string) => {
    // no node id goes along: it came from the network, and would spare the code
    setAsked((await call('join.start', { url })).id)
  })
  // the dialog shows a join of the state, which comes after the answer to the call
  const begun = asked !== null && joins.some(({ id }) => id === asked)
  useEffect(() => {
    if (!begun || asked === null || shown.current === asked) return
    shown.current = asked
    open({ kind: 'join', joinId: asked })
  }, [asked, begun, open])
  const url = node?.urls[0]
  const verbs = {
    network: url === undefined ? t('mesh.look') : t('mesh.ask', { name: node?.name ?? url }),
    url: t('mesh.enterUrl'),
    invite: t('mesh.useInvite'),
    create: t('mesh.createVerb'),
  }
  const begin = () => {
    if (way === 'create') open({ kind: 'create-mesh' })
    else if (way === 'network' && url !== undefined) void ask.run(url)
    else open({ kind: 'join', way })
  }
  const goOn = () => moves.go(pageAfter('mesh'))
  const waits = joins.some(({ state }) => state === 'connecting' || state === 'waiting' || state === 'confirming')
  const count = meshes.length + joins.length
  const settled = (meshes.length > 0 || waits) && wantsMoreThan !== count
  return (
    <SetupPage
      page="mesh"
      moves={moves}
      title={t('mesh.title')}
      lead={t('mesh.lead')}
      running={ask.running}
      {...(settled ? { onNext: goOn } : { verb: verbs[way], onNext: begin, skip: { verb: t('mesh.skip'), run: goOn } })}
    >
      <MeshMade meshes={meshes} joins={joins} />
      {settled ? (
        <Button variant="default" onClick={() => setWantsMoreThan(count)}>
          {t('mesh.another')}
        </Button>
      ) : (
        <>
          <MeshChoices way={way} node={node} onChoose={setWay} onOthers={() => open({ kind: 'join', way: 'network' })} />
          <UnstyledButton className="more" c="var(--fcn-accent)" mt={12} onClick={() => open({ kind: 'restore-recovery' })}>
            {t('mesh.recovery')}
          </UnstyledButton>
        </>
      )}
      <FailureText failure={ask.failure} />
    </SetupPage>
  )
}
