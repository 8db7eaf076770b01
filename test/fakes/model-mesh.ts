import type { RequestListener } from 'node:http'
import { onTestFinished } from 'vitest'
import type { ModelAt, NodeId } from '../../electron/agent/components.ts'
import type { LoadBalancing } from '../../electron/contract/routing.ts'
import type { ListedModel } from '../../electron/agent/protocol/model-list.ts'
import { startBackend } from './backend.ts'
import { createDirectTransport } from './direct-transport.ts'
import { createMemoryModels, listed, type MemoryModels } from './memory-models.ts'
import { callingAs, member, nodeA, nodeB, nodeC, type RouterNode, startRouterNode } from './router-node.ts'

const names: Record<NodeId, string> = { [nodeA]: 'desk', [nodeB]: 'attic', [nodeC]: 'cellar' }

export interface ModelMesh {
  /** Where programs ask for models. */
  url: string
  a: RouterNode
  directory: MemoryModels
  /** The engine behind each peer, by node. */
  engines: Map<NodeId, Awaited<ReturnType<typeof startBackend>>>
  urls: Map<NodeId, string>
  counted: { node: NodeId; tokensIn: number; tokensOut: number }[]
  members: ReturnType<typeof member>[]
}

interface Options {
  own?: RequestListener
  aliases?: Record<string, string[]>
  /** Peers answer themselves, in their process: what they say is their word. */
  inside?: boolean
  /** Of the mesh's policy. */
  loadBalancing?: LoadBalancing
}

/** A program's node A, and peers B and C with an engine each. Which models are where a test says by `directory.add`. */
export async function startModelMesh(
  peers: Partial<Record<NodeId, RequestListener>>,
  { own, aliases = {}, inside = false, loadBalancing }: Options = {},
): Promise<ModelMesh> {
  const urls = new Map<NodeId, string>()
  const transport = createDirectTransport(urls)
  const directory = createMemoryModels(aliases)
  const counted: ModelMesh['counted'] = []
  const engines: ModelMesh['engines'] = new Map()
  const stops: (() => Promise<void>)[] = []
  const offers = { capabilities: [{ name: 'ai', state: 'ready' as const }] }
  for (const [id, listener] of Object.entries(peers)) {
    const engine = await startBackend(listener as RequestListener)
    const node = await startRouterNode({
      ...{
        id,
        name: names[id] ?? id,
        transport,
        peers: [nodeA],
        members: [member(nodeA, 'desk')],
        backends: { ai: inside ? listener : engine.url },
      },
    })
    urls.set(id, node.peerUrl)
    engines.set(id, engine)
    stops.push(engine.stop, node.stop)
  }
  const ownEngine = own === undefined ? null : await startBackend(own)
  if (ownEngine !== null) stops.push(ownEngine.stop)
  const members = Object.keys(peers).map((id) => member(id, names[id] ?? id, offers))
  const a = await startRouterNode({
    ...{ id: nodeA, name: 'desk', transport: callingAs(nodeA, transport), members, directory, counted },
    ...(ownEngine && { backends: { ai: ownEngine.url } }),
    ...(loadBalancing && { rules: { ai: { loadBalancing } } }),
  })
  for (const stop of [a.stop, ...stops, () => transport.stop()]) onTestFinished(stop)
  return { url: a.modelsUrl, a, directory, engines, urls, counted, members }
}

/** Says that a peer has a model. */
export const has = (mesh: ModelMesh, node: NodeId, model: string, more: Partial<ListedModel> = {}, at: Partial<ModelAt> = {}): void =>
  mesh.directory.add({ id: node, name: names[node] ?? node, own: node === nodeA }, listed(model, more), at)
