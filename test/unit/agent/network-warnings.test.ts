import { describe, expect, it } from 'vitest'
import { createHealth } from '../../../electron/agent/health.ts'
import { createNetworkWarnings } from '../../../electron/agent/network-warnings.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'
import type { NetworkView } from '../../../electron/contract/discovery.ts'
import { createFakeClock } from '../../fakes/fake-clock.ts'
import { network } from '../../fixtures/discovery.ts'

async function warned(view: NetworkView) {
  const clock = createFakeClock()
  const health = createHealth({ clock })
  const changed = createEmitter()
  const state = { view }
  const warnings = createNetworkWarnings({ health, discovery: { changed, network: () => state.view } })
  await warnings.start()
  return { clock, changed, state, warnings, codes: () => health.list().map(({ code }) => code) }
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
})
