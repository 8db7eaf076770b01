import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { catalogueOf, modelViews, type NodeModels } from '../../../../electron/agent/models/catalogue.ts'
import { modelView } from '../../../../electron/contract/ai.ts'
import { listed } from '../../../fakes/memory-models.ts'

const node = (id: string, models: NodeModels['list']['models'], more: Partial<NodeModels> = {}): NodeModels => ({
  ...{ node: { id, name: id }, own: false, list: { models, tokensLeft: null }, whyNot: null },
  ...more,
})
const viewsOf = (...nodes: NodeModels[]) => modelViews(catalogueOf(nodes), () => false).map((view) => modelView.parse(view))

describe('the catalogue of models', () => {
  it('has each model once, with the places where it is: this node first, then by name', () => {
    const views = viewsOf(node('nas', [listed('b'), listed('a')]), node('attic', [listed('a')]), node('desk', [listed('a')], { own: true }))
    expect(views.map(({ name, places }) => [name, places.map((place) => place.node.id)])).toEqual([
      ['a', ['desk', 'attic', 'nas']],
      ['b', ['nas']],
    ])
  })

  it('says of a model what any place tells of it', () => {
    const [view] = viewsOf(
      node('attic', [listed('a', { contextLength: null, size: null, parameters: null, uses: ['chat'] })]),
      node('nas', [listed('a', { contextLength: 4_096, size: 7, parameters: '3B', uses: ['chat', 'tools'] })]),
    )
    expect(view).toMatchObject({ contextLength: 4_096, size: 7, parameters: '3B', uses: ['chat', 'tools'] })
  })

  it('says why a place is not used: first what is about the node, then memory and limits', () => {
    const large = listed('a', { loaded: false, fits: false })
    const why = (...nodes: NodeModels[]) => viewsOf(...nodes)[0]?.places[0]?.whyNot
    expect(why(node('nas', [large]))).toBe('no_memory')
    expect(why(node('nas', [listed('a', { loaded: true, fits: false })]))).toBeNull()
    expect(why(node('nas', [listed('a')], { list: { models: [listed('a')], tokensLeft: 0 } }))).toBe('budget_spent')
    expect(why(node('nas', [large], { whyNot: 'offline' }))).toBe('offline')
    expect(modelViews(catalogueOf([node('nas', [listed('a')])]), () => true)[0]?.places[0]?.whyNot).toBe('failing')
  })

  it('never shows more than the contract takes, whatever nodes say', () => {
    const name = fc.constantFrom(...Array.from({ length: 700 }, (_, index) => `m${index}`))
    const nodes = fc.array(fc.array(name, { maxLength: 40 }), { maxLength: 80 })
    fc.assert(
      fc.property(nodes, (lists) => {
        const views = viewsOf(...lists.map((names, index) => node(`n${index}`, names.map((one) => listed(one))))) // prettier-ignore
        expect(views.length).toBeLessThanOrEqual(500)
        for (const { places } of views) expect(new Set(places.map((place) => place.node.id)).size).toBe(places.length)
      }),
      { numRuns: 30 },
    )
  })
})
