import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CallName, CallOutput } from '../../../electron/contract/calls.ts'
import { eventually } from '../../support/eventually.ts'
import { type NodeProcess, startNode } from '../node-process.ts'

/** One node that asks and others that serve, real processes in one mesh. */
export interface ServingMesh extends AsyncDisposable {
  caller: NodeProcess
  /** Those that serve, in the order of their names; an entry changes when it is started again. */
  serving: NodeProcess[]
  /** The mesh's id. */
  mesh: string
  /** Serving node i shares the program on `ports[i]` by this name; resolves when the caller would ask each of them. */
  share(service: string, ports: readonly number[]): Promise<void>
  /** The address of a service at the caller; of any peer unless one is named. */
  at(service: string, path: string, peer?: string): string
  /** Starts a node that was killed again, on its port and folder; resolves when the caller would ask it for `service`. */
  restart(index: number, service: string): Promise<void>
  stop(): Promise<void>
}

/** Starts caller "mia" and the named others. They join by invite. */
export async function startServingMesh(names: readonly string[] = ['attic']): Promise<ServingMesh> {
  const data = await mkdtemp(join(tmpdir(), 'fcn-mesh-'))
  const folder = (name: string) => join(data, name)
  const [caller, ...serving] = (await Promise.all(['mia', ...names].map((name) => startNode({ name, data: folder(name) })))) as [
    NodeProcess,
    ...NodeProcess[],
  ]
  const mesh = await valueOf(caller, 'mesh.create', { name: 'Maple Street' })
  const { text } = await valueOf(caller, 'invite.create', { uses: names.length })
  for (const node of serving) await valueOf(node, 'join.start', { invite: text })

  const knows = (service: string, index: number) =>
    eventually(`mia would ask ${names[index]} for ${service}`, async () => {
      const peers = await valueOf(caller, 'peer.list', {})
      const peer = peers.find(({ name }) => name === names[index])
      return peer?.state === 'online' && peer.services.some(({ name, status }) => name === service && status === 'active')
    })
  const stop = async () => {
    await Promise.all([caller, ...serving].map((node) => node.stop()))
    await rm(data, { recursive: true, force: true, maxRetries: 5 })
  }

  return {
    caller,
    serving,
    mesh: mesh.id,
    async share(service, ports) {
      for (const [index, port] of ports.entries()) {
        await valueOf(serving[index] as NodeProcess, 'service.share', { name: service, port })
        await knows(service, index)
      }
    },
    at: (service, path, peer = 'any') => `${caller.url}/services/any/${peer}/${service}${path}`,
    async restart(index, service) {
      const { name, port } = serving[index] as NodeProcess
      serving[index] = await startNode({ name, port, data: folder(name) })
      await knows(service, index)
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}

/** One call of a node's local API. Rejects with the node's words when it refuses. */
export async function valueOf<N extends CallName>(node: NodeProcess, name: N, input: unknown): Promise<CallOutput<N>> {
  const { status, body } = await node.call(name, input)
  if (status === 200) return body.value as CallOutput<N>
  throw new Error(`${name} at ${node.name}: ${JSON.stringify(body)}`)
}
