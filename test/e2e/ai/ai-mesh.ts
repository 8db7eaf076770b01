import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ModelView } from '../../../electron/contract/ai.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { valueOf } from '../routing/serving-mesh.ts'

/** Real nodes in one mesh, each with engines that were given to it. */
export interface AiMesh extends AsyncDisposable {
  /** By the order of their names; an entry changes when it is started again. */
  nodes: NodeProcess[]
  /** Resolves when that node would ask so many places for the model. */
  knows(asker: NodeProcess, model: string, places: number): Promise<ModelView>
  /** Waits until `asker` would ask nobody for the model, whether it still knows of it or not. */
  lacks(asker: NodeProcess, model: string): Promise<unknown>
  /** Starts a node that was killed again, on its port and folder. */
  restart(index: number): Promise<NodeProcess>
  stop(): Promise<void>
}

/** Where each node’s engines are, by the name of the node; those with engines offer them. */
export type EnginesOf = Readonly<Record<string, readonly string[]>>

/** Starts the nodes; the first makes the mesh, the others join by invite. */
export async function startAiMesh(engines: EnginesOf): Promise<AiMesh> {
  const data = await mkdtemp(join(tmpdir(), 'fcn-ai-'))
  const names = Object.keys(engines)
  const start = (name: string, port?: number) => startNode({ name, data: join(data, name), ...(port !== undefined && { port }) })
  const nodes = await Promise.all(names.map((name) => start(name)))
  const [first, ...others] = nodes as [NodeProcess, ...NodeProcess[]]
  await valueOf(first, 'mesh.create', { name: 'Maple Street' })
  if (others.length > 0) {
    const { text } = await valueOf(first, 'invite.create', { uses: others.length })
    for (const node of others) await valueOf(node, 'join.start', { invite: text })
  }
  for (const [index, node] of nodes.entries()) {
    const urls = engines[names[index] as string] ?? []
    for (const url of urls) await valueOf(node, 'ai.engine.add', { url })
    if (urls.length > 0) await valueOf(node, 'capability.set', { name: 'ai', enabled: true })
  }

  const stop = async () => {
    await Promise.all(nodes.map((node) => node.stop()))
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  }
  return {
    nodes,
    knows: (asker, model, places) =>
      eventually(`${asker.name} would ask ${places} for ${model}`, async () => {
        const found = (await valueOf(asker, 'ai.get', {})).models.find(({ name }) => name === model)
        return found?.places.filter(({ whyNot }) => whyNot === null).length === places ? found : null
      }),
    lacks: (asker, model) =>
      eventually(`${asker.name} would ask nobody for ${model}`, async () => {
        const found = (await valueOf(asker, 'ai.get', {})).models.find(({ name }) => name === model)
        return found?.places.every(({ whyNot }) => whyNot !== null) ?? true
      }),
    async restart(index) {
      const { name, port } = nodes[index] as NodeProcess
      const node = await start(name, port)
      nodes[index] = node
      return node
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
