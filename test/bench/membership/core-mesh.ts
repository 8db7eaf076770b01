/** Many real membership cores in this process, in real time. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Identity } from '../../../electron/agent/components.ts'
import type { SignedRecord } from '../../../electron/agent/membership/swim/ports.ts'
import { createMember, type Member } from '../../../electron/agent/membership/swim/state/member.ts'
import { tableBase } from '../../../electron/agent/membership/swim/state/member-table.ts'
import { createSwim, type Swim } from '../../../electron/agent/membership/swim/swim.ts'
import { systemClock } from '../../../electron/agent/support/clock.ts'
import { systemRandom } from '../../../electron/agent/support/random.ts'
import type { MeshNetwork } from './mesh-network.ts'
import { type Checks, createSignedMesh } from './signed-trust.ts'
import { untilAll } from './until-all.ts'

/** What takes longer than this counts as this, ms. */
const limit = 60_000

/** Longest wait for a mesh to calm down, ms. */
const calmLimit = 30_000

interface CoreMeshOptions {
  /** The first is the one through which the others join. */
  identities: readonly [Identity, ...Identity[]]
  checks: Checks
}

interface Place {
  readonly identity: Identity
  readonly core: Swim
  isUp: boolean
}

export type CoreMesh = Awaited<ReturnType<typeof createCoreMesh>>

/** Cores that know nobody but the first of them. Durations are ms until the worst node knows. */
export async function createCoreMesh(network: MeshNetwork, { identities, checks }: CoreMeshOptions) {
  const signed = createSignedMesh(checks)
  const records = new Map(identities.map((identity) => [identity.id, signed.record(identity, 1)]))
  const [seed] = identities

  const recordOf = ({ id }: Identity): SignedRecord => {
    const record = records.get(id)
    if (!record) throw new Error(`${id} is no member.`)
    return record
  }
  const known = (identity: Identity): Member =>
    createMember({ node: identity.id, record: recordOf(identity), statement: null, notice: null }, 'online', () => true)

  async function place(identity: Identity): Promise<Place> {
    const transport = await network.join(identity, () => core)
    const trust = signed.trustOf(identity)
    const contacts = identity === seed ? [] : [seed]
    // the record of the node it joined through was checked then
    for (const contact of contacts) await trust.checkRecord(recordOf(contact))
    const core: Swim = createSwim(
      { clock: systemClock, random: systemRandom, transport, trust, report: () => undefined },
      { self: identity.id, incarnation: 1, known: tableBase([identity, ...contacts].map(known)) },
    )
    return { identity, core, isUp: true }
  }

  const places: Place[] = []
  for (const identity of identities) places.push(await place(identity))
  const up = () => places.filter(({ isUp }) => isUp)

  async function timed(begin: () => void, holds: (core: Swim) => boolean): Promise<number> {
    const began = performance.now()
    begin()
    const onlookers = up().map(({ core }) => ({ changed: core.changed, holds: () => holds(core) }))
    return (await untilAll(onlookers, limit)) - began
  }

  function vanish(place: Place, how: 'kill' | 'silence'): void {
    place.isUp = false
    network[how](place.identity.id)
    // its timers would run on in this process
    place.core.setNetwork(false)
  }

  const last = (): Place => {
    const place = up().at(-1)
    if (!place) throw new Error('Nobody is up.')
    return place
  }

  return {
    /** All start at once and join through the first; until each sees all. */
    start: () =>
      timed(
        () => {
          for (const { core } of places) void core.start().then(() => core.syncWith(seed.id))
        },
        ({ members }) => members.present === places.length,
      ),
    /** A node in the middle changes its record. */
    change(version: number): Promise<number> {
      const { identity, core } = places[places.length >> 1] as Place
      return timed(
        () => core.setRecord(signed.record(identity, version)),
        ({ members }) => members.get(identity.id)?.record?.version === version,
      )
    },
    /** The last node that is up vanishes; until nobody believes it there. */
    vanish(how: 'kill' | 'silence'): Promise<number> {
      const place = last()
      return timed(
        () => vanish(place, how),
        ({ members }) => members.get(place.identity.id)?.state === 'offline',
      )
    },
    /** Resolves when nobody has news to tell, or doubts its own senses after a busy time. */
    async calm(): Promise<void> {
      const isBusy = ({ core }: Place) => core.load().rumours > 0 || core.load().health > 0
      for (const end = performance.now() + calmLimit; performance.now() < end && up().some(isBusy);) await delay(100)
    },
    async close(): Promise<void> {
      for (const { core } of up()) core.setNetwork(false)
      await network.close()
    },
  }
}
