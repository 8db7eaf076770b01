/** Two real nodes in one mesh, and a program that one of them shares. */
import { join } from 'node:path'
import { request } from 'undici'
import { joinedPair } from '../../../e2e/joined-pair.ts'
import type { NodeProcess } from '../../../e2e/node-process.ts'
import { eventually } from '../../../support/eventually.ts'
import { freePort } from '../../../support/free-port.ts'
import { nodeCommand, pin, type ServerProcess, startProcess } from '../pinned-process.ts'

/** Where a program finds the service: its port, and what goes before the path. */
export interface Way {
  port: number
  base: string
}

export interface NodePair extends AsyncDisposable {
  direct: Way
  through: Way
  /** The node of the program that asks, and the one that serves. */
  nodes: { asking: NodeProcess; serving: NodeProcess }
}

/** Starts them; everything on the CPU of the bench when `pinned`. */
export async function startNodePair({ pinned }: { pinned: boolean }): Promise<NodePair> {
  await using stack = new AsyncDisposableStack()
  const port = await freePort()
  const service: ServerProcess = await startProcess(nodeCommand(join(import.meta.dirname, 'service.ts'), [String(port)]), port)
  stack.use(service)
  const { approver: serving, joiner: asking } = await joinedPair({ approver: 'server', joiner: 'client' })
  stack.use(serving)
  stack.use(asking)
  const shared = await serving.fcn('share', 'bench', String(port))
  if (shared.code !== 0) throw new Error(`share: ${shared.stderr}`)
  const through = { port: asking.port, base: '/services/any/server/bench' }
  await eventually('the service is known', async () => {
    const { statusCode, body } = await request(`${asking.url}${through.base}/small`)
    await body.dump()
    return statusCode === 200
  })
  if (pinned) for (const { pid } of [service, serving, asking]) pin(pid)
  const held = stack.move()
  return { direct: { port, base: '' }, through, nodes: { asking, serving }, [Symbol.asyncDispose]: () => held.disposeAsync() }
}
