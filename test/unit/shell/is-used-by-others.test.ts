import { expect, it } from 'vitest'
import { isUsedByOthers } from '../../../electron/shell/use-by-others.ts'
import { rates } from '../../fixtures/routes.ts'
import { quiet } from '../../fakes/updated-machine.ts'

const [rate] = Object.values(rates)
if (!rate) throw new Error('the household has traffic')
const hub = { id: 'm', on: true, whyNot: null, limits: {} as never, spokes: 4, pairs: 0, bytesPerSecond: 0, bytesThisMonth: 0 }

it('nobody uses a node on which nothing moves, also not who is merely attached to it as a hub', () => {
  expect(isUsedByOthers(quiet())).toBe(false)
  expect(isUsedByOthers(quiet({ hubs: {} }))).toBe(false)
  expect(isUsedByOthers({ ...quiet(), hubs: { m: hub } })).toBe(false)
})

it('a capability that was asked within the last minute is in use', () => {
  const { capabilities } = quiet()
  const ai = capabilities['ai']
  if (!ai) throw new Error('there is AI')
  expect(isUsedByOthers({ ...quiet(), capabilities: { ai: { ...ai, usedBy: [{ id: 'mia', name: 'mia' }] } } })).toBe(true)
})

it('a service that answers a peer is in use, and what this computer itself asks of others is not', () => {
  const busy = { ...rate, underWay: 1, bytesPerSecond: 0 }
  expect(isUsedByOthers({ ...quiet(), rates: { a: { ...busy, direction: 'from' } } })).toBe(true)
  expect(isUsedByOthers({ ...quiet(), rates: { a: { ...busy, underWay: 0, bytesPerSecond: 3, direction: 'from' } } })).toBe(true)
  expect(isUsedByOthers({ ...quiet(), rates: { a: { ...busy, direction: 'to' } } })).toBe(false)
})

it('a hub through which two members talk is in use', () => {
  expect(isUsedByOthers({ ...quiet(), hubs: { m: { ...hub, pairs: 1 } } })).toBe(true)
})
