/** The built program as the hub of a mesh of hundreds, of whom it knows by their records; none of them joined. */
import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { hubView } from '../../../electron/contract/relay.ts'
import { idOfPublicKey } from '../../../electron/agent/identity/node-id.ts'
import { certificateFile } from '../../../electron/agent/identity/identity.ts'
import { createMeshStore } from '../../../electron/agent/membership/mesh-store.ts'
import { signMemberRecord } from '../../../electron/agent/membership/member-record.ts'
import { relayUrl } from '../../../electron/agent/protocol/relay-url.ts'
import { transaction } from '../../../electron/agent/support/transaction.ts'
import { type NodeProcess, startNode } from '../../e2e/node-process.ts'
import { createTestMesh } from '../../fakes/test-mesh.ts'
import type { TestKey } from '../../fakes/test-identity.ts'
import { eventually } from '../../support/eventually.ts'

/** From the signal until what was collected has gone back to the system, ms. */
const collecting = 2_000

export interface CrowdedHub extends AsyncDisposable {
  id: string
  node: NodeProcess
  /** Members that are attached to it now. */
  attached(): Promise<number>
  collectGarbage(): Promise<void>
}

/** A hub that takes as many members as there are spokes, all of which are members of its one mesh. */
export async function startCrowdedHub(spokes: readonly TestKey[]): Promise<CrowdedHub> {
  await using stack = new AsyncDisposableStack()
  const data = await mkdtemp(join(tmpdir(), 'fcn-crowded-hub-'))
  stack.defer(() => rm(data, { recursive: true, force: true, maxRetries: 5 }))
  const first = await startNode({ name: 'hub', data }) // makes its key and its database
  await first.stop()
  const { id, mesh } = await letIn(data, spokes)
  const nodeOptions = [
    '--expose-gc',
    '--disable-warning=ExperimentalWarning',
    '--import',
    join(import.meta.dirname, 'collect-on-signal.ts'),
  ]
  const node = stack.use(await startNode({ data, nodeOptions }))
  const called = async (name: string, input: unknown = {}) => {
    const { status, body } = await node.call(name, input)
    if (status !== 200) throw new Error(`${name}: ${JSON.stringify(body)}`)
    return body.value
  }
  // what is on disk is checked record by record before the mesh is there
  await eventually('the hub knows its mesh', async () => z.array(z.unknown()).parse(await called('mesh.list')).length > 0)
  await called('hub.set', { mesh, on: true, limits: { members: spokes.length } })
  const held = stack.move()
  return {
    id,
    node,
    async attached() {
      const [hub] = z.array(hubView).parse(await called('hub.list'))
      return hub?.spokes ?? 0
    },
    async collectGarbage() {
      // what a first pass finalizes, a second one frees
      for (let pass = 0; pass < 2; pass++) {
        process.kill(node.pid, 'SIGUSR2')
        await delay(collecting)
      }
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}

/** Writes a mesh into the data folder of a stopped node, with the node as its admin and all of these as members. */
async function letIn(data: string, spokes: readonly TestKey[]): Promise<{ id: string; mesh: string }> {
  const { publicKey } = new X509Certificate(await readFile(certificateFile(data)))
  const spki = publicKey.export({ type: 'spki', format: 'der' })
  const hub = { id: idOfPublicKey(spki), publicKey: spki.toString('base64url') }
  const { root, admit, statement } = createTestMesh()
  const admissions = [await admit(hub, root, { role: 'admin' })]
  const records = await Promise.all(
    spokes.map(async (spoke, index) => {
      const said = statement(spoke, [await admit(spoke, root)], { name: `spoke-${index}`, addresses: [relayUrl(hub.id)] })
      return { node: spoke.id, record: await signMemberRecord(said, spoke.privateKey) }
    }),
  )
  const database = new DatabaseSync(join(data, 'node.db'))
  try {
    const store = createMeshStore(database)
    const mesh = { id: root.id, name: 'Bench', rootKey: root.publicKey, role: 'admin' as const }
    transaction(database, () => {
      store.saveMesh({ ...mesh, admissions, joinedAt: Date.now(), recoveryExportedAt: null })
      for (const { node, record } of records) store.saveMember(mesh.id, node, record)
    })
  } finally {
    database.close()
  }
  return { id: hub.id, mesh: root.id }
}
