/** A hub and four nodes of one mesh on the loopback of one host, three of which share the same program and differ in how they are reached. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { letInByInvite, openInternet, foundHub } from '../../e2e/lan/internet.ts'
import type { Host } from '../../e2e/lan/lab.ts'
import type { Resident } from '../../e2e/lan/resident.ts'
import { eventually } from '../../support/eventually.ts'
import { pin } from '../routing/pinned-process.ts'
import { spliceCommand } from './splice.ts'

/** `direct`: dialled; `spliced`: dialled, and haproxy passes the bytes on; `relayed`: the hub does, since it cannot be dialled. */
export const ways = ['direct', 'spliced', 'relayed'] as const
export type Way = (typeof ways)[number]

const ports = { hub: 3000, asker: 3001, direct: 3002, spliced: 3003, relayed: 3004, program: 4000, splice: 4001 }
/** From where haproxy dials. */
export const spliceSource = '127.0.0.8'

export interface LoopbackMesh extends AsyncDisposable {
  host: Host
  /** Where the asking node takes requests. */
  port: number
  /** Path at the asking node that leads to the program shared by that node. */
  base(way: Way): string
  /** Which ways there are: without haproxy nothing is spliced. */
  ways: readonly Way[]
  pids: Record<'hub' | 'asker' | Way, number>
  /** Throws when a way is not what its name says any more. */
  check(): Promise<void>
}

/** Everything runs on the CPU of the bench, so that figures tell what it costs. */
export async function openLoopbackMesh({ hasHaproxy }: { hasHaproxy: boolean }): Promise<LoopbackMesh> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'fcn-relay-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const internet = stack.use(await openInternet())
  const host = await internet.lab.host('bench')
  const start = async (...command: string[]) => {
    const child = stack.use(host.spawn(...(command as [string, ...string[]])))
    return child.pid as number
  }
  const here = ways.filter((way) => way !== 'spliced' || hasHaproxy)
  const names = ['hub', 'asker', ...here] as const
  const settled = await Promise.all(names.map(async (name) => (await internet.settle([host], { name, port: ports[name] }))[0] as Resident))
  const [hub, asker, ...serving] = settled as [Resident, Resident, ...Resident[]]

  const program = join(import.meta.dirname, '../routing/path/service.ts')
  const programs = [await start(process.execPath, '--disable-warning=ExperimentalWarning', program, String(ports.program))]
  await foundHub(hub, 'Maple Street')
  await letInByInvite(hub, [asker, ...serving])
  for (const each of serving) await each.fcn('share', 'bench', String(ports.program))
  if (hasHaproxy) programs.push(await start(...spliceCommand(folder, { port: ports.splice, to: ports.spliced, source: spliceSource })))

  const refuse = (...refused: number[]) => `chain refuse {
    type filter hook output priority 0
    tcp dport { ${refused.join(', ')} } reject with tcp reset
  }`
  const base = (way: Way) => `/services/any/${way}/bench`
  const kindOf = async (way: Way) => (await asker.peer(way))?.path?.kind
  /** A way is looked for when something is asked. */
  const becomes = (way: Way, kind: 'direct' | 'relayed') =>
    eventually(
      `${way} is ${kind} and answers`,
      async () => {
        const { status } = await asker.hand.request({ url: `http://127.0.0.1:${ports.asker}${base(way)}/small` })
        return status === 200 && (await kindOf(way)) === kind
      },
      360_000,
    )
  const cut = [ports.relayed, ...(hasHaproxy ? [ports.spliced] : [])]
  // connections made before would stay as they are
  await host.filter(`table ip bench {
${refuse(...cut)}
}`)
  for (const way of here) if (way !== 'direct') await becomes(way, 'relayed')
  await host.filter('delete table ip bench')
  await host.filter(`table ip bench {
    ${refuse(ports.relayed)}
    chain divert {
      type nat hook output priority -100
      ip saddr != ${spliceSource} tcp dport ${ports.spliced} redirect to :${ports.splice}
    }
  }`)
  for (const way of here) await becomes(way, way === 'relayed' ? 'relayed' : 'direct')
  for (const pid of [...settled.map(({ node }) => node.pid), ...programs]) pin(pid)

  const pids = Object.fromEntries(settled.map(({ name, node }) => [name, node.pid])) as LoopbackMesh['pids']
  const held = stack.move()
  return {
    ...{ host, port: ports.asker, base, ways: here, pids },
    async check() {
      for (const way of here)
        if (((await kindOf(way)) === 'relayed') !== (way === 'relayed')) throw new Error(`${way} is not reached so any more.`)
    },
    [Symbol.asyncDispose]: () => held.disposeAsync(),
  }
}
