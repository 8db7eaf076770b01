import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { whyNot } from '../../../../electron/contract/routing.ts'
import type { Member } from '../../../../electron/agent/components.ts'
import { idOfPublicKey } from '../../../../electron/agent/identity/node-id.ts'
import { chooseCandidates, type World } from '../../../../electron/agent/routing/candidates.ts'
import { nobody } from '../../../../electron/agent/routing/why-not.ts'
import { member } from '../../../fakes/router-node.ts'

const id = (text: string) => idOfPublicKey(createHash('sha256').update(text).digest())
const home = { id: id('home'), name: 'Home' }
const club = { id: id('club'), name: 'Club' }
const photos = { id: 'photos', name: 'Our photos', status: 'active' as const }
const [desk, mini, nas, pi] = [id('desk'), id('mini'), id('nas'), id('pi')]

const world = (members: Member[], self: Partial<World['self']> = {}): World => ({
  self: { nodeId: desk, name: 'desk', capabilities: [], services: [], ...self },
  meshes: [home, club],
  members,
})
const ofHome = (nodeId: string, name: string, offers: Parameters<typeof member>[2] = {}) =>
  member(nodeId, name, { meshId: home.id, ...offers })
const wanted = { kind: 'service', service: 'photos' } as const
const anywhere = { mesh: null, peer: null, wanted }
const storage = { kind: 'capability', capability: 'storage' } as const

describe('candidates', () => {
  it('are the online members that offer it, and this node when it does', () => {
    const members = [ofHome(mini, 'mini', { services: [photos] }), ofHome(nas, 'nas')]
    const { candidates, leftOut } = chooseCandidates(anywhere, world(members, { services: [photos] }))
    expect(candidates.map(({ nodeId, own }) => [nodeId, own])).toEqual([
      [desk, true],
      [mini, false],
    ])
    expect(leftOut).toEqual([{ id: nas, name: 'nas', why: 'not_offered' }])
  })

  it('leave out each other node with its reason', () => {
    const offers = (state: 'ready' | 'starting' | 'problem' | 'paused') => ({ capabilities: [{ name: 'storage', state }] })
    const members = [
      ofHome(id('1'), 'a', { ...offers('ready'), state: 'offline' }),
      ofHome(id('2'), 'b', { ...offers('ready'), state: 'removed' }),
      ofHome(id('3'), 'c', offers('starting')),
      ofHome(id('4'), 'd', offers('problem')),
      ofHome(id('5'), 'e'),
      ofHome(id('6'), 'f', offers('paused')),
    ]
    const { candidates, leftOut } = chooseCandidates({ ...anywhere, wanted: storage }, world(members))
    expect(candidates).toEqual([])
    expect(leftOut.map(({ name, why }) => [name, why])).toEqual([
      ['desk', 'not_offered'],
      ['a', 'offline'],
      ['b', 'removed'],
      ['c', 'starting'],
      ['d', 'problem'],
      ['e', 'not_offered'],
      ['f', 'paused'],
    ])
  })

  it('leave out a node that has paused its services', () => {
    const members = [ofHome(mini, 'mini', { services: [{ ...photos, status: 'paused' }] })]
    expect(chooseCandidates(anywhere, world(members)).leftOut.at(-1)).toEqual({ id: mini, name: 'mini', why: 'paused' })
  })

  it('that are being checked are marked', () => {
    const members = [ofHome(mini, 'mini', { services: [photos], state: 'suspect' }), ofHome(nas, 'nas', { services: [photos] })]
    expect(chooseCandidates(anywhere, world(members)).candidates.map(({ name, suspect }) => [name, suspect])).toEqual([
      ['mini', true],
      ['nas', false],
    ])
  })

  it('are each node once, by the record that is online', () => {
    const members = [
      ofHome(mini, 'mini', { services: [photos], state: 'offline' }),
      member(mini, 'mini', { services: [photos], meshId: club.id }),
    ]
    expect(chooseCandidates(anywhere, world(members)).candidates).toMatchObject([{ nodeId: mini, meshId: club.id }])
  })

  it('leave out who does not let this node use it, once that has been said', () => {
    const members = [
      ofHome(mini, 'mini', { services: [photos], refused: ['service:photos'] }),
      ofHome(nas, 'nas', { services: [photos], refused: ['capability:storage', 'service:other'] }),
    ]
    const byName = { kind: 'service', service: 'Our photos' } as const
    for (const thing of [wanted, byName]) {
      const { candidates, leftOut } = chooseCandidates({ ...anywhere, wanted: thing }, world(members))
      expect(candidates.map(({ name }) => name)).toEqual(['nas'])
      expect(leftOut).toContainEqual({ id: mini, name: 'mini', why: 'no_grant' })
    }
  })

  it('ask a node through the mesh where it allows it, and one that is named whatever it said', () => {
    const offers = { capabilities: [{ name: 'storage', state: 'ready' as const }] }
    const refused = ['capability:storage']
    const both = [ofHome(mini, 'mini', { ...offers, refused }), member(mini, 'mini', { ...offers, meshId: club.id })]
    for (const members of [both, both.toReversed()]) {
      expect(chooseCandidates({ ...anywhere, wanted: storage }, world(members)).candidates).toMatchObject([{ meshId: club.id }])
    }
    const only = world([ofHome(mini, 'mini', { services: [photos], refused: ['service:photos'] })])
    expect(chooseCandidates({ ...anywhere, peer: 'mini' }, only).candidates).toHaveLength(1)
  })

  it('say that a node is offline rather than what it once refused', () => {
    const members = [ofHome(mini, 'mini', { services: [photos], refused: ['service:photos'], state: 'offline' }), ofHome(nas, 'nas')]
    expect(chooseCandidates(anywhere, world(members)).leftOut.map(({ why }) => why)).toEqual(['not_offered', 'offline', 'not_offered'])
  })

  it('are of the named mesh only', () => {
    const members = [ofHome(mini, 'mini', { services: [photos] }), member(nas, 'nas', { services: [photos], meshId: club.id })]
    for (const mesh of ['home', home.id, home.id.toLowerCase().replaceAll('-', '')]) {
      expect(chooseCandidates({ ...anywhere, mesh }, world(members)).candidates.map(({ name }) => name)).toEqual(['mini'])
    }
  })

  it('are the named peer, by id or name, which may be this node', () => {
    const members = [ofHome(mini, 'mini', { services: [photos] }), ofHome(nas, 'nas', { services: [photos] })]
    for (const peer of ['MINI', mini]) {
      expect(chooseCandidates({ ...anywhere, peer }, world(members)).candidates.map(({ name }) => name)).toEqual(['mini'])
    }
    expect(chooseCandidates({ ...anywhere, peer: 'desk' }, world(members, { services: [photos] })).candidates).toMatchObject([
      { own: true },
    ])
  })

  it('know a service by its name too, and are asked by its id', () => {
    const byName = { ...anywhere, wanted: { kind: 'service', service: 'our photos' } as const }
    expect(chooseCandidates(byName, world([ofHome(mini, 'mini', { services: [photos] })])).candidates).toMatchObject([{ wanted }])
  })

  it('of a name that fits several are refused with the ids', () => {
    const twins = world([ofHome(mini, 'twin', { services: [photos] }), ofHome(nas, 'Twin', { services: [photos] })])
    expect(() => chooseCandidates({ ...anywhere, peer: 'twin' }, twins)).toThrow(
      expect.objectContaining({ code: 'ambiguous', status: 409, details: { ids: [mini, nas] } }),
    )
    const meshes = { ...world([]), meshes: [home, { ...club, name: 'Home' }] }
    expect(() => chooseCandidates({ ...anywhere, mesh: 'Home' }, meshes)).toThrow(
      expect.objectContaining({ code: 'ambiguous', details: { ids: [home.id, club.id] } }),
    )
  })

  it('of an unknown mesh or peer are not found', () => {
    expect(() => chooseCandidates({ ...anywhere, mesh: 'nowhere' }, world([]))).toThrow(expect.objectContaining({ code: 'not_found' }))
    expect(() => chooseCandidates({ ...anywhere, peer: pi }, world([]))).toThrow(expect.objectContaining({ code: 'not_found' }))
  })
})

describe('when nobody can serve', () => {
  it('the error names the peer that was asked for, and why', () => {
    const error = nobody({ peer: 'nas', wanted }, [{ id: nas, name: 'nas', why: 'offline' }])
    expect(error).toMatchObject({ code: 'unreachable', status: 502, details: { peer: { id: nas, name: 'nas' }, why: 'offline' } })
    expect(error.message).toBe('“nas” cannot serve the service “photos”: it is offline.')
  })

  it.each(whyNot.options)('there is a sentence, an error and a way out for “%s”', (why) => {
    const error = nobody({ peer: 'nas', wanted }, [{ id: nas, name: 'nas', why }])
    expect(error.message).toMatch(/^“nas” cannot serve the service “photos”: it [a-z][^.]+\.$/u)
    expect(error.action).toMatch(/^[A-Z].+\.$/u)
  })

  it('the error does not ask to try again where nobody allows it', () => {
    const error = nobody({ peer: null, wanted: storage }, [
      { id: nas, name: 'nas', why: 'no_grant' },
      { id: pi, name: 'pi', why: 'not_offered' },
    ])
    expect(error).toMatchObject({ code: 'not_granted', status: 403, action: 'Ask the person who runs that computer to allow it.' })
  })

  it('the error says that it is paused where that is all that is in the way', () => {
    const left = [
      { id: nas, name: 'nas', why: 'paused' },
      { id: pi, name: 'pi', why: 'not_offered' },
    ] as const
    expect(nobody({ peer: null, wanted: storage }, left)).toMatchObject({ code: 'paused', status: 503 })
  })

  it('the error names the nodes that could at other times', () => {
    const error = nobody({ peer: null, wanted: storage }, [
      { id: nas, name: 'nas', why: 'offline' },
      { id: pi, name: 'pi', why: 'not_offered' },
    ])
    expect(error).toMatchObject({ code: 'no_peer', status: 503 })
    expect(error.message).toBe('No node can serve the capability “storage” now: “nas” is offline.')
  })
})
