import { describe, expect, it } from 'vitest'
import { policyCalls } from '../../../../electron/agent/commands/policy-calls.ts'
import type { Member, Policies } from '../../../../electron/agent/components.ts'
import { calls } from '../../../../electron/contract/calls.ts'
import type { PolicyView } from '../../../../electron/contract/routing.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'
import { meshNamed } from '../../../fixtures/named-views.ts'

const home = meshNamed('Home')
const own = { id: 'me', name: 'desk' }
const ids = { nas: 'NAS', mini: 'MINI', gone: 'GONE' }

function bench(known: PolicyView[] = []) {
  const asked: unknown[] = []
  const view = (capability: 'ai', override: PolicyView['override']): PolicyView => ({
    ...{ id: `${home.id} ${capability}`, mesh: home.id, capability, rules: null, by: null, at: null, version: 0, override },
  })
  const policies: Policies = {
    changed: createEmitter(),
    list: () => known,
    rulesFor: () => ({}),
    async setForMesh(mesh, capability, rules) {
      asked.push(['mesh', mesh, capability, rules])
      return view('ai', null)
    },
    setOverride(mesh, capability, rules) {
      asked.push(['own', mesh, capability, rules])
      return view('ai', rules)
    },
  }
  const members = Object.entries(ids).map(
    ([name, nodeId]) => ({ meshId: home.id, nodeId, name, state: name === 'gone' ? 'left' : 'online' }) as Member,
  )
  const audit = createMemoryAudit()
  const handlers = policyCalls({ policies, audit, self: () => own, membership: { meshes: () => [home], members: () => members } })
  const set = (input: unknown) => handlers['policy.set'](calls['policy.set'].input.parse(input))
  return { asked, audit, set, handlers, view }
}

describe('policy.set', () => {
  it('takes members by name or id, this computer too, and each once', async () => {
    const { asked, set, audit } = bench()
    await set({ capability: 'ai', rules: { preferredNodes: ['Mini', 'NAS', 'mini'], fallbackNodes: ['desk'], maxDistance: 20 } })
    expect(asked).toEqual([['mesh', home.id, 'ai', { preferredNodes: ['MINI', 'NAS'], fallbackNodes: ['me'], maxDistance: 20 }]])
    expect(audit.recorded).toEqual([]) // membership writes down what counts, by whomever it was decided
  })

  it('refuses names of nobody, of who has left, and a node that is to be asked first and last', async () => {
    const { asked, set } = bench()
    for (const name of ['nobody', 'gone', 'GONE']) {
      await expect(set({ capability: 'ai', rules: { preferredNodes: [name] } })).rejects.toMatchObject({ code: 'not_found' })
    }
    const both = { preferredNodes: ['nas'], fallbackNodes: ['mini', 'nas'] }
    await expect(set({ capability: 'ai', rules: both })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(set({ mesh: 'Elsewhere', capability: 'ai', rules: null })).rejects.toMatchObject({ code: 'not_found' })
    expect(asked).toEqual([])
  })

  it('keeps who was named before and has left since', async () => {
    const { view } = bench()
    const { asked, set } = bench([{ ...view('ai', null), rules: { preferredNodes: ['GONE'] } }])
    await set({ capability: 'ai', rules: { preferredNodes: ['GONE', 'nas'] } })
    expect(asked).toMatchObject([['mesh', home.id, 'ai', { preferredNodes: ['GONE', 'NAS'] }]])
  })

  it('writes down who set other rules for requests of this computer, and takes them back', async () => {
    const { asked, set, audit } = bench()
    await set({ capability: 'ai', rules: { onlyDirect: true }, scope: 'own' })
    await set({ capability: 'ai', rules: null, scope: 'own' })
    expect(asked).toMatchObject([['own', home.id, 'ai', { onlyDirect: true }], ['own', home.id, 'ai', null]]) // prettier-ignore
    expect(audit.recorded).toMatchObject([
      { action: 'policy.overridden', actor: 'desk', subject: 'Home', details: { capability: 'ai', rules: { onlyDirect: true } } },
      { details: { rules: null } },
    ])
  })

  it.each([{ maxDistance: 0 }, { replication: 17 }, { loadBalancing: 'random' }, { sideways: true }, { preferredNodes: [''] }])(
    'refuses what is no rule: %j',
    (rules) => {
      expect(calls['policy.set'].input.safeParse({ capability: 'ai', rules }).success).toBe(false)
    },
  )
})
