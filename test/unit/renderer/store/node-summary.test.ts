import { describe, expect, it } from 'vitest'
import { requestsByAge, summarise, warningsByWeight } from '../../../../renderer/store/node-summary.ts'
import { offeredBy } from '../../../../renderer/store/offered.ts'
import { standingOf } from '../../../../renderer/store/peer-standing.ts'
import { aPeer } from '../../../fixtures/household-peers.ts'
import { busy, calm, firstRun } from '../../../fixtures/snapshot.ts'

describe('the summary of this node', () => {
  it('names what is on, who waits, and the meshes in the order they were joined', () => {
    const { state, requests, sharing, meshes, warning } = summarise(busy())
    expect({ state, requests, sharing }).toEqual({ state: 'attention', requests: 1, sharing: ['storage', 'ai', 'archive'] })
    expect(meshes.map(({ name }) => name)).toEqual(['Maple Street', 'Film club'])
    expect(warning?.code).toBe('port_moved')
  })

  it('is empty on the first run', () => {
    expect(summarise(firstRun())).toMatchObject({ state: 'alone', requests: 0, sharing: [], meshes: [], warning: null })
  })

  it('puts the gravest warning first, and of equals the oldest', () => {
    const warning = (code: string, severity: 'info' | 'warning' | 'error', since: number) => ({
      code,
      severity,
      title: code,
      text: code,
      action: null,
      since,
    })
    const health = { a: warning('a', 'info', 1), b: warning('b', 'error', 9), c: warning('c', 'error', 3) }
    expect(warningsByWeight(calm({ health })).map(({ code }) => code)).toEqual(['c', 'b', 'a'])
  })

  it('puts the newest request on top', () => {
    const [request] = requestsByAge(busy())
    const older = request && { ...request, id: 'r0', createdAt: request.createdAt - 5 }
    expect(requestsByAge(busy({ requests: older && request ? { r0: older, r1: request } : {} })).map(({ id }) => id)).toEqual(['r1', 'r0'])
  })
})

describe('what is offered', () => {
  it('counts nodes that answer now, this one included, and leaves out what does not work', () => {
    const { peers, capabilities } = calm()
    const offers = new Map(offeredBy(Object.values(peers), capabilities).map(({ name, nodes }) => [name, nodes]))
    expect(Object.fromEntries(offers)).toEqual({ storage: 3, compute: 3, ai: 1, gateway: 2, archive: 2 })
  })
})

describe('how a peer stands', () => {
  it('tells silence from a reason a person can act on', () => {
    const silent = { code: 'timeout', message: 'No answer.' } as const
    const stranger = { code: 'key_mismatch', message: 'Another key answers.' } as const
    expect(standingOf(aPeer('a', { state: 'offline', problem: silent }))).toBe('offline')
    expect(standingOf(aPeer('a', { state: 'offline', problem: stranger }))).toBe('problem')
    expect(standingOf(aPeer('a', { state: 'suspect' }))).toBe('checking')
    expect(standingOf(aPeer('a', { kind: 'legacy' }))).toBe('legacy')
  })
})
