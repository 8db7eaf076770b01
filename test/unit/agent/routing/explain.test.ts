import { describe, expect, it } from 'vitest'
import { createChoices } from '../../../../electron/agent/routing/choices.ts'
import { createExplain } from '../../../../electron/agent/routing/explain.ts'
import { choiceView, type PolicyRules } from '../../../../electron/contract/routing.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemorySettings } from '../../../fakes/memory-settings.ts'
import { member } from '../../../fakes/router-node.ts'
import { meshView } from '../../../fixtures/views.ts'

const ai = { capabilities: [{ name: 'ai', state: 'ready' as const }] }
const members = [
  member('far', 'far', ai),
  member('near', 'near', ai),
  member('new', 'new', ai),
  member('shaky', 'shaky', { ...ai, state: 'suspect' }),
  member('closed', 'closed', { ...ai, refused: ['capability:ai'] }),
  member('off', 'off', { ...ai, state: 'offline' }),
].map((each) => ({ ...each, meshId: 'home' }))
const latencies: Record<string, number> = { far: 80.04, near: 1.26, shaky: 0.5 }
const target = { mesh: null, peer: null, wanted: { kind: 'capability', capability: 'ai' } } as const

/** What this node says of its choice under these rules, while these nodes fail. */
function explanation({ rules = {}, failing = [], mesh = null }: { rules?: PolicyRules; failing?: string[]; mesh?: string | null } = {}) {
  const choices = createChoices({
    identity: { id: 'desk' },
    settings: createMemorySettings({ name: 'desk' }),
    membership: { meshes: () => [meshView({ id: 'home', name: 'Home' })], members: () => members },
    capabilities: { own: () => [{ name: 'ai', state: 'ready' }] },
    services: { list: () => [] },
    policies: { rulesFor: () => rules },
    clock: createFakeClock(),
    wayTo: (node) => ({ latencyMs: latencies[node] ?? null, relayed: node === 'near', metered: false }),
  })
  const explain = createExplain({
    choices,
    load: {
      distance: ({ own, nodeId }) => (own ? 0 : (latencies[nodeId] ?? null)),
      underWay: ({ nodeId }) => (nodeId === 'near' ? 3 : 0),
      isFailing: ({ nodeId }) => failing.includes(nodeId),
    },
  })
  return choiceView.parse(explain({ ...target, mesh }))
}
const order = ({ candidates }: ReturnType<typeof explanation>) => candidates.map(({ id, tier }) => [id, tier])

describe('an explanation', () => {
  it('lists who would be asked, tier by tier, the nearest first', () => {
    expect(explanation().candidates).toEqual([
      { id: 'desk', name: 'desk', tier: 0, latencyMs: 0, underWay: 0 },
      { id: 'near', name: 'near', tier: 0, latencyMs: 1.3, underWay: 3 },
      { id: 'far', name: 'far', tier: 0, latencyMs: 80, underWay: 0 },
      { id: 'new', name: 'new', tier: 0, latencyMs: null, underWay: 0 },
      { id: 'shaky', name: 'shaky', tier: 1, latencyMs: 0.5, underWay: 0 },
    ])
  })

  it('says why not of each other node', () => {
    expect(explanation({ mesh: 'Home' }).leftOut).toEqual([
      { id: 'closed', name: 'closed', why: 'no_grant' },
      { id: 'off', name: 'off', why: 'offline' },
    ])
  })

  it('follows the policy, and says what it rules out', () => {
    const { candidates, leftOut } = explanation({ rules: { preferredNodes: ['new'], onlyDirect: true, maxDistance: 50 } })
    expect(candidates.map(({ id }) => id)).toEqual(['desk', 'new', 'shaky'])
    expect(leftOut.slice(2).toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'far', name: 'far', why: 'too_far' },
      { id: 'near', name: 'near', why: 'relayed' },
    ])
    expect(order(explanation({ rules: { preferredNodes: ['far'], fallbackNodes: ['desk'] } }))).toEqual([
      ['far', 0],
      ['near', 1],
      ['new', 1],
      ['desk', 2],
      ['shaky', 3],
    ])
  })

  it('counts a failing node out while there is another, and in when nobody else is left', () => {
    const some = explanation({ failing: ['near'] })
    expect(some.candidates.map(({ id }) => id)).not.toContain('near')
    expect(some.leftOut).toContainEqual({ id: 'near', name: 'near', why: 'failing' })
    const all = explanation({ failing: ['desk', 'near', 'far', 'new', 'shaky'] })
    expect(all.candidates).toHaveLength(5)
    expect(all.leftOut.map(({ why }) => why)).not.toContain('failing')
  })

  it('refuses a mesh that is not there', () => {
    expect(() => explanation({ mesh: 'Nowhere' })).toThrow(expect.objectContaining({ code: 'not_found' }))
  })
})
