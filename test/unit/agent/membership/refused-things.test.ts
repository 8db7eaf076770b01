import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RefusedTo } from '../../../../electron/agent/components.ts'
import { createPeerNotes } from '../../../../electron/agent/membership/peer-notes.ts'
import type { OwnMesh } from '../../../../electron/agent/membership/own-mesh.ts'
import { maxRefused } from '../../../../electron/agent/protocol/messages.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createHouseholdWorld } from '../../../fakes/household-world.ts'
import type { Machine } from '../../../fakes/mesh-world.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

const refusedBy = (of: Machine, seenBy: Machine, mesh: string) =>
  seenBy.node.members().find(({ nodeId, meshId }) => nodeId === of.id && meshId === mesh)?.refused

describe('what a node refuses', () => {
  it('is known within a second to each member it is refused to, and to nobody else', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo', 'dora', 'emil')
    const [anna, ben, ...others] = machines
    anna.refuse(({ node }) => (node === ben.id ? ['capability:ai', 'service:wiki'] : []))
    await world.until(() => refusedBy(anna, ben, mesh)?.length === 2, 1_000)
    expect(refusedBy(anna, ben, mesh)).toEqual(['capability:ai', 'service:wiki'])
    expect(others.map((other) => refusedBy(anna, other, mesh))).toEqual([[], [], []])
    anna.refuse(() => [])
    await world.until(() => refusedBy(anna, ben, mesh)?.length === 0, 1_000)
  })

  it('follows the role of the member', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben] = machines
    anna.refuse(({ role }) => (role === 'admin' ? [] : ['capability:ai']))
    await world.until(() => refusedBy(anna, ben, mesh)?.length === 1, 1_000)
    await anna.node.setRole(mesh, ben.id, 'admin')
    expect(await world.until(() => refusedBy(anna, ben, mesh)?.length === 0, 2_000)).toBeLessThan(1_000)
  })

  it('is told again after either side has started anew', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben', 'cleo')
    const [anna, ben] = machines
    anna.refuse(() => ['capability:ai'])
    await world.until(() => refusedBy(anna, ben, mesh)?.length === 1, 1_000)
    await ben.kill()
    await ben.start()
    await world.until(() => refusedBy(anna, ben, mesh)?.length === 1, 10_000)
    await anna.kill()
    anna.refuse(() => [])
    await anna.start()
    expect(await world.until(() => refusedBy(anna, ben, mesh)?.length === 0, 10_000)).toBeLessThan(10_000)
  })

  it('is told to a member of another mesh only for that mesh', async () => {
    const { world, mesh, machines } = await createHouseholdWorld('anna', 'ben')
    const [anna, ben] = machines
    const club = (await anna.node.createMesh('Club')).id
    anna.refuse((caller) => (caller.mesh === club ? ['capability:storage'] : ['capability:ai']))
    await world.until(() => refusedBy(anna, ben, mesh)?.length === 1, 1_000)
    const join = await ben.node.startJoin({ url: anna.url, mesh: 'Club' })
    await ben.node.confirmJoin(join.id, join.code ?? '')
    await anna.node.approveRequest(anna.node.requests()[0]?.id ?? '')
    await world.until(() => refusedBy(anna, ben, club)?.length === 1, 5_000)
    expect([mesh, club].map((each) => refusedBy(anna, ben, each))).toEqual([['capability:ai'], ['capability:storage']])
  })
})

const [home, club] = [createTestKey().id, createTestKey().id]

/** The notes of a node that shares one mesh with everybody, and what it says over its links. */
function notesOfHome(refusedTo: RefusedTo = () => []) {
  const clock = createFakeClock()
  const said: { node: string; note: { refused?: unknown } }[] = []
  const open = new Set<string>()
  const opened = createEmitter<string>()
  const mesh = {
    id: home,
    noticeDigest: () => 'digest',
    policyDigest: () => 'policies',
    judgement: { of: () => ({ state: 'member', role: 'member' }) },
  } as unknown as OwnMesh
  const notes = createPeerNotes({
    links: {
      say: (node, body) => void said.push({ node, ...(body as { note: object }) }),
      open: { has: (node) => open.has(node), nodes: () => [...open], size: 0 },
      opened,
    },
    clones: { note: () => ({}), take: () => undefined } as unknown as Parameters<typeof createPeerNotes>[0]['clones'],
    ...{ clock, random: createFakeRandom(1), refusedTo, shared: () => [mesh], differs: () => undefined, unknown: () => undefined },
  })
  notes.start()
  const link = (node: string) => {
    open.add(node)
    opened.emit(node)
  }
  return { notes, clock, said, link, unlink: (node: string) => open.delete(node) }
}

describe('a note of what is refused', () => {
  it('is sent when a link begins and when it changes, and never otherwise', async () => {
    let refused: string[] = []
    const { notes, clock, said, link } = notesOfHome(() => refused)
    link('ben')
    expect(said).toMatchObject([{ node: 'ben', note: { refused: [] } }])
    for (let i = 0; i < 50; i++) notes.refusalsChanged()
    await clock.advance(1_000)
    expect(said).toHaveLength(1)
    for (let i = 0; i < 50; i++) {
      refused = [`service:s${i}`]
      notes.refusalsChanged()
    }
    await clock.advance(1_000)
    expect(said.slice(1)).toMatchObject([{ node: 'ben', note: { refused: [{ mesh: home, resources: ['service:s49'] }] } }])
    notes.noticesChanged()
    expect(said.at(-1)?.note).not.toHaveProperty('refused')
  })

  it('reaches also who has no link now but was refused something, so that nobody keeps away for ever', async () => {
    let refused = ['capability:ai']
    const { notes, clock, said, link, unlink } = notesOfHome(({ node }) => (node === 'ben' ? refused : []))
    for (const node of ['ben', 'cleo']) link(node)
    for (const node of ['ben', 'cleo']) unlink(node)
    said.length = 0
    refused = []
    notes.refusalsChanged()
    await clock.advance(1_000)
    expect(said).toMatchObject([{ node: 'ben', note: { refused: [] } }])
  })

  it('keeps within its bound however much is refused', () => {
    const { said, link } = notesOfHome(() => Array.from({ length: 1_000 }, (_, index) => `service:s${index}`))
    link('ben')
    expect(said).toMatchObject([{ note: { refused: [{ resources: { length: maxRefused } }] } }])
  })

  it('of an older node is absent: nothing is known then, and what was known stays', () => {
    const { notes } = notesOfHome()
    const meshes = [{ mesh: home, digest: 'digest' }]
    notes.said('ben', { meshes })
    expect(notes.refusedBy('ben', home)).toEqual([])
    notes.said('ben', { meshes, refused: [{ mesh: home, resources: ['capability:ai'] }] })
    notes.said('ben', { meshes })
    expect(notes.refusedBy('ben', home)).toEqual(['capability:ai'])
    notes.forget('ben')
    expect(notes.refusedBy('ben', home)).toEqual([])
  })

  it('of a hostile peer changes nothing beyond what it refuses itself, within the bound', () => {
    const resource = fc.oneof(fc.string({ maxLength: 100 }), fc.constantFrom('__proto__', 'capability:ai', ''), fc.constant(null))
    const hostile = fc.oneof(
      fc.anything(),
      fc.array(fc.record({ mesh: fc.constantFrom(home, club, '__proto__'), resources: fc.array(resource, { maxLength: 500 }) }), {
        maxLength: 40,
      }),
    )
    fc.assert(
      fc.property(hostile, (refused) => {
        const { notes } = notesOfHome()
        notes.said('mallory', { meshes: [{ mesh: home, digest: 'digest' }], refused })
        expect(notes.refusedBy('mallory', home).length).toBeLessThanOrEqual(maxRefused)
        expect(notes.refusedBy('mallory', home).every((each) => typeof each === 'string' && each.length <= 80)).toBe(true)
        expect([notes.refusedBy('mallory', club), notes.refusedBy('ben', home)]).toEqual([[], []])
      }),
      { numRuns: 300 },
    )
    const { notes } = notesOfHome()
    const entry = { mesh: home, resources: Array.from({ length: maxRefused }, () => 'service:x') }
    notes.said('mallory', { meshes: [], refused: [entry, entry] })
    expect(notes.refusedBy('mallory', home)).toEqual([])
  })
})
