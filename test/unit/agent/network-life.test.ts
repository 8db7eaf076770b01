import { describe, expect, it } from 'vitest'
import { createNetworkLife } from '../../../electron/agent/network-life.ts'
import type { Portal } from '../../../electron/agent/network/portal.ts'
import { createEmitter } from '../../../electron/agent/support/signal.ts'

async function machine(...first: string[]) {
  let addresses = first
  const told: string[] = []
  const [changed, woke, portalChanged] = [createEmitter(), createEmitter<number>(), createEmitter()]
  let portal: Portal | null = null
  const life = createNetworkLife({
    network: { changed, woke },
    membership: { setNetwork: (up) => void told.push(up ? 'up' : 'down'), networkChanged: () => void told.push('changed') },
    transport: { networkChanged: () => void told.push('transport') },
    relay: { networkChanged: () => void told.push('relay') },
    portal: { changed: portalChanged, current: () => portal },
    addresses: () => addresses,
  })
  await life.start()
  await life.start()
  const have = (...next: string[]) => {
    addresses = next
    changed.emit()
    return told.splice(0)
  }
  const wake = () => {
    woke.emit(60_000)
    return told.splice(0)
  }
  const meet = (page: string | null) => {
    portal = page === null ? null : { page }
    portalChanged.emit()
    return told.splice(0)
  }
  return { have, wake, meet, stop: life.stop }
}

describe('the network of this machine', () => {
  it('is told to membership when it goes, comes back, or is another', async () => {
    const { have } = await machine('192.0.2.7')
    expect(have('198.51.100.3')).toEqual(['up', 'changed', 'transport', 'relay'])
    expect(have()).toEqual(['down'])
    expect(have('192.0.2.7')).toEqual(['up'])
  })

  it('is the same when only interfaces changed that others do not reach', async () => {
    const { have } = await machine('192.0.2.7')
    expect(have('192.0.2.7')).toEqual([])
  })

  it('is looked at anew after a sleep', async () => {
    const { wake } = await machine('192.0.2.7')
    expect(wake()).toEqual(['up', 'changed', 'transport', 'relay'])
  })

  it('may be loopback alone, and then is always there', async () => {
    const { have, wake } = await machine()
    expect(have()).toEqual([])
    expect(wake()).toEqual(['up', 'changed', 'transport', 'relay'])
    expect(have('192.0.2.7')).toEqual(['up'])
    expect(have()).toEqual(['down'])
  })

  it('lets everybody be verified anew when one has signed in', async () => {
    const { have, meet } = await machine('192.0.2.7')
    expect(meet('login.cafe.example')).toEqual([])
    expect(meet('other.cafe.example')).toEqual([])
    expect(meet(null)).toEqual(['changed', 'transport', 'relay'])
    meet('login.cafe.example')
    have()
    expect(meet(null)).toEqual([])
  })

  it('concerns nobody after it was stopped', async () => {
    const { have, stop } = await machine('192.0.2.7')
    await stop()
    await stop()
    expect(have()).toEqual([])
  })
})
