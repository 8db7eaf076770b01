import { describe, expect, it } from 'vitest'
import type { ReadyEngine } from '../../../../../electron/agent/capabilities/ai/engines/engine-place.ts'
import { bareModel } from '../../../../../electron/agent/capabilities/ai/engines/engine-profile.ts'
import { placesOf } from '../../../../../electron/agent/capabilities/ai/serving/choose-engine.ts'
import { listedModels } from '../../../../../electron/agent/capabilities/ai/serving/listed-models.ts'
import type { Pace } from '../../../../../electron/agent/capabilities/ai/serving/model-pace.ts'
import { modelList } from '../../../../../electron/agent/protocol/model-list.ts'
import type { WorkOperation } from '../../../../../electron/agent/dialects/dialect.ts'
import type { EngineModel } from '../../../../../electron/contract/ai.ts'

const idle: Pace = { busy: 0, firstTokenMs: null, tokensPerSecond: null, lacksMemory: false }
const paceOf = (paces: Record<string, Partial<Pace>>) => (engine: string) => ({ ...idle, ...paces[engine] })

function engine(
  id: string,
  models: (Partial<EngineModel> & { name: string })[],
  operations: WorkOperation[] = ['openai.chat'],
): ReadyEngine {
  return {
    id,
    facts: { kind: 'openai', label: id, version: null, openAiPath: '/v1', operations: new Set(operations) },
    models: models.map((model) => ({ ...bareModel(model.name), ...model })),
    freeMemory: null,
    connect: async () => ({ url: 'http://127.0.0.1:9', key: null }),
  }
}
const order = (engines: ReadyEngine[], paces: Record<string, Partial<Pace>> = {}, model = 'm') =>
  placesOf(engines, { model, operation: 'openai.chat' }, paceOf(paces)).map((place) => place.engine.id)

describe('the engine for a request', () => {
  it('is one that has the model, by its exact name before one with a tag', () => {
    const engines = [
      engine('other', [{ name: 'x' }]),
      engine('tagged', [{ name: 'm:latest' }]),
      engine('exact', [{ name: 'm:latest' }, { name: 'm' }]),
    ]
    expect(order(engines)).toEqual(['tagged', 'exact'])
    expect(placesOf(engines, { model: 'm', operation: null }, paceOf({})).map(({ model }) => model.name)).toEqual(['m:latest', 'm'])
    expect(order(engines, {}, 'nothing')).toEqual([])
  })

  it('has the model in memory, before one that must load it', () => {
    expect(order([engine('cold', [{ name: 'm', loaded: false }]), engine('warm', [{ name: 'm', loaded: true }])])).toEqual(['warm', 'cold'])
  })

  it('has less to do, before one that needs no translation', () => {
    const engines = [engine('native', [{ name: 'm' }]), engine('other', [{ name: 'm' }], ['ollama.chat'])]
    expect(order(engines)).toEqual(['native', 'other'])
    expect(order(engines, { native: { busy: 2 }, other: { busy: 1 } })).toEqual(['other', 'native'])
  })

  it('is the one that lacked memory last of all', () => {
    const engines = [engine('full', [{ name: 'm', loaded: true }]), engine('cold', [{ name: 'm', loaded: false }])]
    expect(order(engines, { full: { lacksMemory: true } })).toEqual(['cold', 'full'])
  })

  it('is the quicker of two that are alike', () => {
    const engines = [engine('slow', [{ name: 'm' }]), engine('fast', [{ name: 'm' }])]
    expect(order(engines, { slow: { firstTokenMs: 900 }, fast: { firstTokenMs: 90 } })).toEqual(['fast', 'slow'])
  })
})

describe('the list of models', () => {
  const all = { isAllowed: () => true, paceOf: paceOf({ a: { busy: 1, firstTokenMs: 5, tokensPerSecond: 20 } }) }

  it('has one entry for each name, that of the better place, in the form that other nodes take', () => {
    const models = listedModels([engine('a', [{ name: 'm' }]), engine('b', [{ name: 'm', loaded: true }, { name: 'n' }])], all)
    expect(models.map(({ name, busy, fits }) => ({ name, busy, fits }))).toEqual([
      { name: 'm', busy: 0, fits: true },
      { name: 'n', busy: 0, fits: null },
    ])
    expect(modelList.parse({ models, tokensLeft: null }).models).toEqual(models)
  })

  it('leaves out what is not for the caller', () => {
    const models = listedModels([engine('a', [{ name: 'm' }, { name: 'secret' }])], { ...all, isAllowed: (name) => name !== 'secret' })
    expect(models).toMatchObject([{ name: 'm', busy: 1, firstTokenMs: 5, tokensPerSecond: 20 }])
  })

  it('says whether a model would fit, where memory is known', () => {
    const small = {
      ...engine('a', [
        { name: 'big', size: 9 },
        { name: 'small', size: 3 },
      ]),
      freeMemory: 5,
    }
    expect(listedModels([small], { ...all, paceOf: paceOf({}) }).map(({ fits }) => fits)).toEqual([false, true])
    const full = listedModels([engine('a', [{ name: 'm' }])], { ...all, paceOf: paceOf({ a: { lacksMemory: true } }) })
    expect(full).toMatchObject([{ fits: false }])
  })

  it('is never longer than other nodes read', () => {
    const many = engine(
      'a',
      Array.from({ length: 300 }, (_none, number) => ({ name: `m${number}` })),
    )
    expect(listedModels([many], all)).toHaveLength(200)
  })
})
