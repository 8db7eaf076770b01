import type { KeyObject } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { Health, Identity, Membership, MembershipInbox, SelfDescription } from '../../electron/agent/components.ts'
import { createHealth } from '../../electron/agent/health.ts'
import { createMembership } from '../../electron/agent/membership/membership.ts'
import { membershipSchema, trustSchema } from '../../electron/agent/membership/mesh-store.ts'
import { createFakeClock } from './fake-clock.ts'
import { createMemoryAudit } from './memory-audit.ts'
import { createKeptLog } from './kept-log.ts'
import { createMemoryNetwork } from './memory-network.ts'
import { createFakeRandom } from './fake-random.ts'
import { createTestKey } from './test-identity.ts'

export type Node = Membership & { readonly inbox: MembershipInbox }

/** A machine in the world: its membership can be stopped, killed and started again on the same disk. */
export interface Machine {
  readonly id: string
  readonly url: string
  readonly node: Node
  readonly audit: ReturnType<typeof createMemoryAudit>
  readonly health: Health
  readonly database: DatabaseSync
  readonly description: SelfDescription
  describe(change: Partial<SelfDescription>): void
  start(): Promise<void>
  /** The process dies: no goodbye, connections are refused. */
  kill(): Promise<void>
}

/** Several memberships on a memory network, in virtual time. */
export function createMeshWorld() {
  const clock = createFakeClock()
  const network = createMemoryNetwork()
  let count = 0

  async function settle(): Promise<void> {
    // signatures are computed outside of virtual time, on the thread pool: give them a moment of real time
    do await new Promise<void>((resolve) => setTimeout(resolve, 1))
    while (network.busy())
  }

  async function advance(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= 50) {
      await clock.advance(Math.min(50, left))
      await settle()
    }
  }

  /** Lets time pass until `condition` holds; fails after `limit` virtual ms. Returns the time it took. */
  async function until(condition: () => boolean, limit = 5_000): Promise<number> {
    const begun = clock.monotonic()
    await settle()
    while (!condition()) {
      if (clock.monotonic() - begun >= limit) throw new Error(`This did not come true within ${limit} ms: ${condition.toString()}`)
      await advance(50)
    }
    return clock.monotonic() - begun
  }

  async function machine(name: string): Promise<Machine> {
    const identity: Identity = { ...createTestKey(), tls: { key: '', cert: '' } }
    const number = ++count
    const url = `http://192.0.2.${number}:3000`
    const { transport, addressProbe } = network.attach(identity, url)
    const database = new DatabaseSync(':memory:')
    database.exec(membershipSchema + trustSchema)
    const keys = new Map<string, KeyObject>()
    const rootKeys = {
      save: async (id: string, key: KeyObject) => void keys.set(id, key),
      load: async (id: string) => keys.get(id) ?? null,
    }
    const audit = createMemoryAudit()
    const health = createHealth({ clock })
    const random = createFakeRandom(number)
    const log = createKeptLog()
    let description: SelfDescription = {
      name,
      addresses: [url.replace('http:', 'https:')],
      capabilities: [],
      services: [],
      version: '0.1.0',
      os: 'test',
    }
    const make = () => createMembership({ identity, transport, addressProbe, database, rootKeys, audit, health, clock, random, log })
    let node = make()
    const start = async () => {
      node = make()
      node.describe(description)
      network.run(identity.id, node)
      await node.start()
      await settle()
    }
    await start()
    return {
      id: identity.id,
      url,
      audit,
      health,
      database,
      start,
      get node() {
        return node
      },
      get description() {
        return description
      },
      describe(change) {
        description = { ...description, ...change }
        node.describe(description)
      },
      async kill() {
        network.set(identity.id, 'dead') // its goodbye does not get out
        await node.stop()
      },
    }
  }

  /** `joiner` becomes a member of the one mesh of `admin`. */
  async function admit(joiner: Machine, admin: Machine): Promise<void> {
    const join = await joiner.node.startJoin({ url: admin.url })
    await joiner.node.confirmJoin(join.id, join.code ?? 'none')
    const request = admin.node.requests().find(({ node }) => node.id === joiner.id)
    await admin.node.approveRequest(request?.id ?? 'none')
    await until(() => joiner.node.joins().at(-1)?.state === 'joined', 20_000)
    await until(() => admin.node.isMember(joiner.id), 20_000)
  }

  return { clock, network, settle, advance, until, machine, admit }
}
