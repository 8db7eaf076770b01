import { describe, expect, it } from 'vitest'
import type { ModelPlace, ModelView } from '../../../../electron/contract/ai.ts'
import { noModels } from '../../../fixtures/ai.ts'
import { openBench } from '../run-fcn.ts'

const place = (name: string, more: Partial<ModelPlace> = {}): ModelPlace => ({
  ...{
    node: { id: name, name },
    own: false,
    engine: 'ollama',
    loaded: true,
    busy: 0,
    firstTokenMs: 210,
    tokensPerSecond: 41.6,
    whyNot: null,
  },
  ...more,
})
const model = (name: string, places: ModelPlace[]): ModelView => ({
  ...{ name, uses: ['chat'], contextLength: 8_192, size: 2_020_000_000, parameters: '3B', quantization: 'Q4_K_M', places },
})
const models = [
  model('llama3.2:3b', [place('desk', { own: true }), place('attic', { loaded: false, busy: 2, tokensPerSecond: null })]),
  model('phi4', [place('cellar\u001b[2J', { whyNot: 'no_memory' })]),
]

describe('fcn models', () => {
  it('lists each model with the places where it is, how it does there, and why one is not used', async () => {
    await using bench = await openBench({ 'ai.get': () => noModels({ models, aliases: { fast: ['llama3.2:3b', 'phi4'] } }) })
    const { stdout } = await bench.fcn('models')
    expect(stdout.trimEnd().split('\n').map((line) => line.split(/ {2,}/u))).toEqual([
      ['MODEL', 'SIZE', 'CONTEXT', 'WHERE', 'NOW', 'SPEED'],
      ['llama3.2:3b', '2.0 GB', '8192', 'desk (here)', 'in memory', '42 tokens/s, first after 210 ms'],
      ['', 'attic', 'on disk, 2 requests', '-'],
      ['phi4', '2.0 GB', '8192', 'cellar�[2J', 'not enough free memory for it', '42 tokens/s, first after 210 ms'],
      [''],
      ['fast stands for llama3.2:3b, or phi4.'],
    ]) // prettier-ignore
  })

  it('finds by a part of the name, also for programs', async () => {
    await using bench = await openBench({ 'ai.get': () => noModels({ models }) })
    expect((await bench.fcn('models', 'PHI', '--json')).json()).toMatchObject([{ name: 'phi4' }])
    expect((await bench.fcn('models', 'gemma')).stdout).toContain('No model has “gemma” in its name.')
  })

  it('says how models come about where there are none', async () => {
    await using bench = await openBench({ 'ai.get': () => noModels() })
    expect((await bench.fcn('models')).stdout).toContain('fcn capability ai on')
  })
})
