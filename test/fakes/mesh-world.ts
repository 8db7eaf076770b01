import type { KeyObject } from 'node:crypto'
import { DatabaseSync } from 'node:sqlite'
import type { Health, Identity, Membership, MembershipInbox, RefusedTo, SelfDescription } from '../../electron/agent/components.ts'
import { createHealth } from '../../electron/agent/health.ts'
import { createMembership } from '../../electron/agent/membership/membership.ts'
import { membershipSchema, trustSchema } from '../../electron/agent/membership/mesh-store.ts'
import { createLinks } from '../../electron/agent/transport/links.ts'
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
  readonly identity: Identity
  readonly audit: ReturnType<typeof createMemoryAudit>
  readonly health: Health
  readonly database: DatabaseSync
  readonly description: SelfDescription
  describe(change: Partial<SelfDescription>): void
  /** From now on these things are refused to whom. */
  refuse(to: RefusedTo): void
  start(): Promise<void>
  /** The process dies: no goodbye, connections are refused. */
  kill(): Promise<void>
}

/** What a machine keeps. */
interface Disk {
  identity: Identity
  database: DatabaseSync
  keys: Map<string, KeyObject>
}

function newDisk(): Disk {
  const database = new DatabaseSync(':memory:')
  database.exec(membershipSchema + trustSchema)
  return { identity: { ...createTestKey(), tls: { key: '', cert: '' } }, database, keys: new Map() }
}

function copyOf({ identity, database, keys }: Disk): Disk {
  const copy = newDisk()
  for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all() as { name: string }[]) {
    for (const row of database.prepare(`SELECT * FROM ${name}`).all()) {
      const columns = Object.keys(row)
      const sql = `INSERT INTO ${name} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`
      copy.database.prepare(sql).run(...Object.values(row))
    }
  }
  return { identity, database: copy.database, keys: new Map(keys) }
}

/** Several memberships on a memory network, in virtual time. */
export function createMeshWorld() {
  const clock = createFakeClock()
  const network = createMemoryNetwork()
  let count = 0
  const disks = new Map<Machine, Disk>()

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

  /** A new machine, or one that was started from a copy of another's disk. */
  async function machine(name: string, original?: Machine): Promise<Machine> {
    const from = original && disks.get(original)
    const disk = from ? copyOf(from) : newDisk()
    const { identity, database, keys } = disk
    const number = ++count
    const url = `http://192.0.2.${number}:3000`
    const key = from ? url : identity.id
    const { transport, addressProbe } = network.attach(identity, url, key)
    const rootKeys = {
      save: async (id: string, key: KeyObject) => void keys.set(id, key),
      load: async (id: string) => keys.get(id) ?? null,
      remove: async (id: string) => void keys.delete(id),
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
    let refusedTo: RefusedTo = () => []
    const make = () =>
      createMembership({
        ...{ identity, transport, makeLinks: createLinks, addressProbe, database, rootKeys, audit, health, clock, random, log },
        refusedTo: (caller) => refusedTo(caller),
      })
    let node = make()
    const start = async () => {
      node = make()
      node.describe(description)
      network.run(key, node)
      await node.start()
      await settle()
    }
    await start()
    const made: Machine = {
      id: identity.id,
      identity,
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
      refuse(to) {
        refusedTo = to
        node.refusalsChanged()
      },
      async kill() {
        network.set(key, 'dead') // its goodbye does not get out
        await node.stop()
      },
    }
    disks.set(made, disk)
    return made
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
