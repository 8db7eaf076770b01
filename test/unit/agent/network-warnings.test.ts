import { describe, expect, it } from 'vitest'
import { createHealth } from '../../../electron/agent/health.ts'
import { createNetworkWarnings } from '../../../electron/agent/network-warnings.ts'
import type { Portal } from '../../../electron/agent/network/portal.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import type { PortMappingView } from '../../../electron/contract/port-mapping.ts'
import type { NetworkView } from '../../../electron/contract/discovery.ts'
import type { PeerState } from '../../../electron/contract/snapshot.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { network } from '../../fixtures/discovery.ts'

/** A network that is as it should be. */
const wired: NetworkView = { ...network, interfaces: network.interfaces.slice(0, 1) }

async function warned(view: NetworkView) {
  const clock = createFakeClock()
  const health = createHealth({ clock })
  const changed = createEmitter()
  const state = { view, portal: null as Portal | null, peers: [] as PeerState[], mapping: { state: 'off' } as PortMappingView }
  const warnings = createNetworkWarnings({
    health,
    discovery: { changed, network: () => state.view },
    portal: { changed, current: () => state.portal },
    portMapping: { changed, view: () => state.mapping },
    membership: { changed, members: () => state.peers.map((each) => ({ state: each })) },
  })
  await warnings.start()
  return { clock, changed, state, warnings, health, codes: () => health.list().map(({ code }) => code) }
}

describe('warnings about the network', () => {
  it('tell after five seconds that there is none, and take it back when it is there', async () => {
    const { clock, changed, state, codes } = await warned({ ...network, interfaces: [] })
    expect(codes()).toEqual([])
    await clock.advance(5_000)
    expect(codes()).toEqual(['no_network'])
    state.view = { ...network, interfaces: network.interfaces.slice(0, 1) }
    changed.emit()
    expect(codes()).toEqual([])
  })

  it('tell after a minute where discovery does not work', async () => {
    const { clock, codes } = await warned(network)
    await clock.advance(59_000)
    expect(codes()).toEqual([])
    await clock.advance(1_000)
    expect(codes()).toEqual(['discovery_fails'])
  })

  it('take bridges of containers for no network', async () => {
    const { clock, codes } = await warned({ ...network, interfaces: network.interfaces.filter(({ ignored }) => ignored) })
    await clock.advance(5_000)
    expect(codes()).toEqual(['no_network'])
  })

  it('tell after a second that one has to sign in, with the page when it is known', async () => {
    const { clock, changed, state, health, codes } = await warned(wired)
    state.portal = { page: 'login.cafe.example' }
    changed.emit()
    expect(codes()).toEqual([])
    await clock.advance(1_000)
    expect(health.list()).toMatchObject([{ code: 'captive_portal', severity: 'warning' }])
    expect(health.list()[0]?.text).toContain('login.cafe.example')
    state.portal = null
    changed.emit()
    expect(codes()).toEqual([])
  })

  it('tell after a minute that no peer is reached, unless there is no network or one has to sign in', async () => {
    const { clock, changed, state, codes } = await warned(wired)
    state.peers = ['offline', 'left', 'removed']
    changed.emit()
    await clock.advance(59_000)
    expect(codes()).toEqual([])
    await clock.advance(1_000)
    expect(codes()).toEqual(['peers_unreachable'])
    state.portal = { page: null }
    changed.emit()
    await clock.advance(1_000)
    expect(codes()).toEqual(['captive_portal'])
    state.view = { ...network, interfaces: [] }
    changed.emit()
    await clock.advance(5_000)
    expect(codes()).toEqual(['no_network'])
  })

  it('say nothing of peers while one is there or checked, or when there never were any', async () => {
    for (const peers of [['offline', 'online'], ['offline', 'suspect'], ['left'], []] as PeerState[][]) {
      const { clock, changed, state, codes } = await warned(wired)
      state.peers = peers
      changed.emit()
      await clock.advance(120_000)
      expect(codes()).toEqual([])
    }
  })

  it('tell after ten minutes that the router maps no port although it should, and take it back', async () => {
    const { clock, changed, state, health, codes } = await warned(wired)
    const failed: PortMappingView = { state: 'failed', why: 'shared_address', detail: '100.64.7.1', retryAt: 0 }
    state.mapping = failed
    changed.emit()
    await clock.advance(9 * 60_000)
    state.mapping = { ...failed, retryAt: 1 }
    changed.emit()
    expect(codes()).toEqual([])
    await clock.advance(60_000)
    expect(health.list()).toMatchObject([{ code: 'port_mapping_fails', text: expect.stringContaining('100.64.7.1') }])
    state.mapping = { state: 'off' }
    changed.emit()
    expect(codes()).toEqual([])
  })

  it('do not trouble whom nothing has to be mapped for', async () => {
    const { clock, changed, state, codes } = await warned(wired)
    state.mapping = { state: 'failed', why: 'own_public', detail: '11.22.33.2', retryAt: 0 }
    changed.emit()
    await clock.advance(60 * 60_000)
    expect(codes()).toEqual([])
  })
})
