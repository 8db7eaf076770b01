import { describe, expect, it } from 'vitest'
import {
  fitsOwnService,
  fitsPeerService,
  servicesOfPeers,
  serviceStanding,
} from '../../../../../renderer/features/services/service-standing.ts'
import { peerView, serviceView } from '../../../../fixtures/views.ts'

const wiki = { id: 'wiki', name: 'Family wiki', status: 'active' } as const

describe('a service of a peer', () => {
  it('can be used only when the peer is there, lets this node, and the program runs', () => {
    expect(serviceStanding(peerView({ state: 'online' }), wiki)).toBe('usable')
    expect(serviceStanding(peerView({ state: 'suspect' }), wiki)).toBe('checking')
    expect(serviceStanding(peerView({ state: 'online' }), { ...wiki, status: 'inactive' })).toBe('stopped')
    expect(serviceStanding(peerView({ state: 'online' }), { ...wiki, status: 'paused' })).toBe('paused')
    expect(serviceStanding(peerView({ state: 'online', refused: ['service:wiki'] }), wiki)).toBe('refused')
    expect(serviceStanding(peerView({ state: 'online', refused: ['service:films'] }), wiki)).toBe('usable')
  })

  it('of a peer that is away is away, whatever was last known of the program', () => {
    for (const state of ['offline', 'left', 'removed'] as const)
      expect(serviceStanding(peerView({ state }), { ...wiki, status: 'inactive' })).toBe('away')
    const removed = { how: 'removed', by: { id: 'a', name: 'a' }, at: 0 } as const
    expect(serviceStanding(peerView({ state: 'online', removed }), wiki)).toBe('away')
  })

  it('is found by its name, its id and its peer, no matter the case', () => {
    const peer = peerView({ name: 'attic-nas' })
    for (const text of ['WIKI', 'family', 'Attic', ' wiki ', '']) expect(fitsPeerService({ peer, service: wiki }, text)).toBe(true)
    expect(fitsPeerService({ peer, service: wiki }, 'films')).toBe(false)
    expect(fitsOwnService(serviceView({ url: 'http://127.0.0.1:8096' }), '8096')).toBe(true)
  })

  it('stands with the others of its peer, by names', () => {
    const services = (...names: string[]) => names.map((name) => ({ id: name, name, status: 'active' as const }))
    const peers = [
      peerView({ id: 'B', name: 'shed', services: services('b', 'a') }),
      peerView({ id: 'A', name: 'attic', services: services('c') }),
    ]
    expect(servicesOfPeers(peers).map(({ peer, service }) => `${peer.name} ${service.name}`)).toEqual(['attic c', 'shed a', 'shed b'])
  })
})
