import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { type ScanFind, scanTargets, startSubnetScan } from '../../../../electron/agent/discovery/subnet-scan.ts'
import type { LocalInterface } from '../../../../electron/agent/network/local-interfaces.ts'
import type { UrlCheck } from '../../../../electron/contract/calls.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

const card = (address: string, more: Partial<LocalInterface> = {}): LocalInterface => ({
  ...{ name: 'eth0', scope: 'eth0', kind: 'wired', label: 'Ethernet', multicast: true, ignored: false },
  addresses: [{ address, family: 'IPv4', prefix: 24 }],
  ...more,
})

const answers: Record<string, Partial<UrlCheck>> = {
  '192.168.1.20': { kind: 'node', node: { id: 'A', name: 'attic' } },
  '192.168.1.30': { kind: 'legacy' },
  '192.168.1.40': { kind: 'other' },
}

function scanning({ holdBack = false } = {}) {
  const finds: ScanFind[] = []
  const busy = { now: 0, most: 0, progress: 0 }
  const clock = createFakeClock()
  const scan = startSubnetScan(
    {
      ...{ clock, log: createKeptLog(), found: (find) => void finds.push(find), progress: () => void (busy.progress += 1) },
      addressProbe: {
        check: async (url) => ({ url, kind: 'none', node: null, problem: null, ...answers[new URL(url).hostname] }),
      },
      reach: async (address, port, signal) => {
        busy.now += 1
        busy.most = Math.max(busy.most, busy.now)
        try {
          await turn()
          if (holdBack) while (!signal.aborted) await turn()
          signal.throwIfAborted()
          if (port !== 3000 || !(address in answers)) throw new Error('refused')
        } finally {
          busy.now -= 1
        }
      },
    },
    { interfaces: [card('192.168.1.10')] },
  )
  return { scan, finds, busy }
}

describe('a scan of the local network', () => {
  it('finds nodes of both kinds and nothing else, with at most 64 addresses at once', async () => {
    const { scan, finds, busy } = scanning()
    await scan.ended
    expect(finds.map(({ address, node }) => [address, node?.name ?? null])).toEqual([
      ['192.168.1.20', 'attic'],
      ['192.168.1.30', null],
    ])
    expect(scan.view()).toMatchObject({ state: 'done', done: 253, total: 253, found: 2 })
    expect(busy.most).toBe(64)
    expect(busy.progress).toBeGreaterThan(0)
  })

  it('ends at once when it is cancelled', async () => {
    const { scan, busy } = scanning({ holdBack: true })
    await turn()
    expect(scan.view().state).toBe('running')
    scan.cancel()
    await scan.ended
    expect(scan.view().state).toBe('cancelled')
    expect(busy.now).toBe(0)
    expect(scan.view().done).toBeLessThanOrEqual(64)
  })

  it('goes to neighbours only: not to this machine, over VPNs, to what is left out, to IPv6, or beyond a thousand', () => {
    const targets = scanTargets([
      card('192.168.1.10'),
      card('192.168.1.11', { name: 'eth1' }),
      card('10.0.0.1', { kind: 'vpn' }),
      card('172.17.0.1', { ignored: true }),
      card('', { addresses: [{ address: 'fd00::1', family: 'IPv6', prefix: 64 }] }),
    ])
    expect(targets).toHaveLength(252)
    expect(targets.every(({ address }) => address.startsWith('192.168.1.'))).toBe(true)
    const many = Array.from({ length: 9 }, (_, index) =>
      card(`10.${index}.0.1`, { addresses: [{ address: `10.${index}.0.1`, family: 'IPv4', prefix: 8 }] }),
    )
    expect(scanTargets(many)).toHaveLength(1_024)
  })
})
