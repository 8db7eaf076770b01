import { describe, expect, it } from 'vitest'
import { policyView } from '../../../fixtures/trust-views.ts'
import { meshView, nodeView, peerView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const nas = peerView()
const openPolicyBench = (policies = [policyView()]) =>
  openBench({
    'policy.list': () => policies,
    'policy.set': () => policies[0] ?? policyView({ rules: null, by: null, at: null }),
    'mesh.list': () => [meshView()],
    'peer.list': () => [nas],
    'node.get': () => nodeView(),
  })

describe('fcn policy', () => {
  it('says the rules in words, who decided them, and what this node says instead', async () => {
    const rules = {
      preferredNodes: [nas.id, nodeView().id],
      fallbackNodes: ['gone'],
      loadBalancing: 'round-robin',
      replication: 2,
    } as const
    const policies = [
      policyView({ rules: { ...rules, preferredNodes: [...rules.preferredNodes], fallbackNodes: ['gone'], maxDistance: 50 } }),
      policyView({ capability: 'storage', override: { onlyDirect: true, avoidMetered: true } }),
      policyView({ capability: 'gateway', rules: null, by: null, at: null, override: {} }),
    ]
    await using bench = await openPolicyBench(policies)
    const { stdout } = await bench.fcn('policy')
    const lines = stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/u)) // prettier-ignore
    expect(lines).toEqual([
      ['MESH', 'CAPABILITY', 'RULES', 'DECIDED BY'],
      [
        'Home',
        'ai',
        `first nas, ${nodeView().name}; last gone; round-robin; kept on 2; within 50 ms`,
        expect.stringMatching(/^anna, 2026-/u),
      ],
      ['Home', 'storage', 'only direct', expect.stringMatching(/^anna, /u)],
      ['Home', 'storage', 'only direct; not metered', 'this node, for its own requests'],
      ['Home', 'gateway', 'none', 'this node, for its own requests'],
    ])
    expect((await bench.fcn('policy', 'list', '--json')).json()).toEqual(policies)
  })

  it('says what holds when there are no rules', async () => {
    await using bench = await openPolicyBench([])
    expect((await bench.fcn('policy')).stdout).toBe('No rules: whoever answers fastest is asked.\n')
    expect((await bench.fcn('policy', 'clear', 'ai')).stdout).toBe('There are no rules for ai any more.\n')
  })
})

describe('fcn policy set', () => {
  const everyRule =
    '--prefer desk,nas --fallback vps --balance least-loaded --replication 2 --only-direct --avoid-metered --max-distance 20'
  const rules = {
    ...{ preferredNodes: ['desk', 'nas'], fallbackNodes: ['vps'], loadBalancing: 'least-loaded', replication: 2 },
    ...{ onlyDirect: true, avoidMetered: true, maxDistance: 20 },
  }
  it.each([
    [`set ai ${everyRule}`, { scope: 'mesh', capability: 'ai', rules }],
    ['set storage --mesh Home --replication 3', { mesh: 'Home', scope: 'mesh', capability: 'storage', rules: { replication: 3 } }],
    ['set ai --own', { scope: 'own', capability: 'ai', rules: {} }],
    ['clear ai --own', { scope: 'own', capability: 'ai', rules: null }],
    ['clear ai --mesh Home', { mesh: 'Home', scope: 'mesh', capability: 'ai', rules: null }],
  ])('%s decides once', async (args, input) => {
    await using bench = await openPolicyBench()
    expect((await bench.fcn('policy', ...args.split(' '), '--json')).json()).toEqual(policyView())
    expect(bench.api.received.filter(({ name }) => name === 'policy.set')).toEqual([{ name: 'policy.set', input }])
    expect((await bench.fcn('policy', ...args.split(' '))).stdout).toContain('only direct')
  })

  it.each(['set ai', 'set lamps --only-direct', 'set ai --balance random', 'set ai --max-distance 0', 'set ai --replication 17'])(
    '%s asks nothing of the node',
    async (args) => {
      await using bench = await openPolicyBench()
      expect((await bench.fcn('policy', ...args.split(' '))).code).toBe(64)
      expect(bench.api.received).toEqual([])
    },
  )
})
