import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AiView, EngineView, TrialAnswer } from '../../../../electron/contract/ai.ts'
import { noModels } from '../../../fixtures/ai.ts'
import { peerView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const engine: EngineView = {
  ...{ id: 'e1', kind: 'llamacpp', name: 'Workshop', url: 'http://192.168.1.30:8080', origin: 'given', hasKey: true, state: 'ready' },
  ...{ problem: null, version: null, freeMemory: null, models: [] },
}
const openAiBench = (more: Partial<AiView> = {}) => openBench({ 'ai.get': () => noModels(more), 'ai.set': () => noModels(more) })

describe('fcn ai', () => {
  it('shows where programs ask, which engines there are, and on what terms models are shared', async () => {
    const doors = [
      { ...(noModels().doors[0] as AiView['doors'][number]), chosen: true, state: 'taken' as const, holder: { name: 'ollama', pid: 7 } },
    ]
    await using bench = await openAiBench({ engines: [engine], doors, terms: { models: { a: 'all', b: [] }, tokensPerPeerAndDay: 5_000 } })
    const { stdout } = await bench.fcn('ai')
    for (const said of [
      'http://127.0.0.1:3000/v1',
      'taken by ollama (7)',
      'Workshop',
      '0 models',
      'a: everybody',
      'b: nobody',
      '5000 tokens',
    ]) {
      expect(stdout).toContain(said)
    }
  })

  it('gives an engine with a key that is in a file and never in an argument', async () => {
    await using bench = await openBench({ 'ai.engine.add': () => engine, 'ai.engine.remove': () => engine })
    await writeFile(join(bench.dataDir, 'key'), ' sk-1 \n')
    await bench.fcn('ai', 'engine', 'add', engine.url, '--name', 'Workshop', '--key-file', join(bench.dataDir, 'key'))
    expect(bench.api.received).toEqual([{ name: 'ai.engine.add', input: { url: engine.url, name: 'Workshop', key: 'sk-1' } }])
    expect((await bench.fcn('ai', 'engine', 'remove', 'Workshop')).stdout).toContain('is used no longer')
  })

  it('keeps the other names when one is given or forgotten', async () => {
    await using bench = await openAiBench({ aliases: { fast: ['a'], coder: ['b'] } })
    await bench.fcn('ai', 'alias', 'big', 'c', 'd')
    await bench.fcn('ai', 'alias', 'fast', '--remove')
    expect(bench.api.received.flatMap(({ name, input }) => (name === 'ai.set' ? input : []))).toEqual([
      { aliases: { fast: ['a'], coder: ['b'], big: ['c', 'd'] } },
      { aliases: { coder: ['b'] } },
    ])
    expect((await bench.fcn('ai', 'alias', 'fast')).code).toBe(64)
    expect((await bench.fcn('ai', 'alias')).stdout).toContain('coder')
  })

  it('opens and closes one port without the other', async () => {
    const doors = noModels().doors.map((door) => ({ ...door, chosen: door.door === 'lmstudio' }))
    await using bench = await openAiBench({ doors })
    await bench.fcn('ai', 'port', 'ollama', 'on')
    await bench.fcn('ai', 'port', 'lmstudio', 'off')
    await bench.fcn('ai', 'key', 'on')
    expect(bench.api.received.flatMap(({ name, input }) => (name === 'ai.set' ? input : []))).toEqual([
      { doors: ['lmstudio', 'ollama'] },
      { doors: [] },
      { needsKey: true },
    ])
  })

  it('changes terms for models by names of peers, and the limit by itself', async () => {
    const mia = peerView({ id: 'MIA', name: 'mia-laptop' })
    const terms: AiView['terms'] = { models: { a: 'all' }, tokensPerPeerAndDay: null }
    await using bench = await openBench({
      'ai.get': () => noModels({ terms }),
      'ai.set': () => noModels({ terms }),
      'peer.list': () => [mia],
    })
    await bench.fcn('ai', 'terms', '--model', 'b', '--to', 'Mia-Laptop')
    await bench.fcn('ai', 'terms', '--tokens', 'none')
    await bench.fcn('ai', 'terms', '--all-models', '--tokens', '5000')
    expect(bench.api.received.flatMap(({ name, input }) => (name === 'ai.set' ? input : []))).toEqual([
      { terms: { models: { a: 'all', b: ['MIA'] } } },
      { terms: { tokensPerPeerAndDay: null } },
      { terms: { models: null, tokensPerPeerAndDay: 5_000 } },
    ])
    expect((await bench.fcn('ai', 'terms', '--model', 'b', '--to', 'nobody-known')).code).toBe(66)
    expect((await bench.fcn('ai', 'terms', '--model', 'b')).code).toBe(64)
  })

  it('asks a model, and says where it ran and how fast', async () => {
    const answer = (text: string, more: Partial<TrialAnswer> = {}): TrialAnswer => ({
      ...{ id: 't', text, end: 0, state: 'running', node: null, model: 'a', firstTokenMs: null, tokensPerSecond: null, tokensOut: null },
      ...{ problem: null, startedAt: 0 },
      ...more,
    })
    const end = { state: 'done' as const, node: { id: 'B', name: 'attic' }, firstTokenMs: 120, tokensPerSecond: 30, tokensOut: 12 }
    const reads = [answer('Because '), answer('of air.\u001b[2J', end)]
    await using bench = await openBench({
      'ai.trial.start': () => answer(''),
      'ai.trial.read': ({ from }) => reads[from === 0 ? 0 : 1] as TrialAnswer,
    })
    const { stdout, stderr } = await bench.fcn('ai', 'ask', 'a', 'Why', 'blue?')
    expect(stdout).toBe('Because of air.�[2J\n')
    expect(stderr).toContain('a on attic, first word after 120 ms, 12 tokens, 30 tokens/s.')
    expect(bench.api.received[0]?.input).toEqual({ model: 'a', messages: [{ role: 'user', text: 'Why blue?' }] })
  })

  it('fails as the model does', async () => {
    const problem = { code: 'no_peer' as const, message: 'Nobody can run “a” now.' }
    const failed = {
      ...{ id: 't', text: '', end: 0, state: 'failed' as const, node: null, model: 'a', problem, startedAt: 0 },
      ...{ firstTokenMs: null, tokensPerSecond: null, tokensOut: null },
    }
    await using bench = await openBench({ 'ai.trial.start': () => failed })
    expect(await bench.fcn('ai', 'ask', 'a', 'x')).toMatchObject({ code: 69, stderr: expect.stringContaining('Nobody can run') as string })
  })
})
