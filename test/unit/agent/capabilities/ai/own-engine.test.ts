import { describe, expect, it, onTestFinished } from 'vitest'
import { bareModel } from '../../../../../electron/agent/capabilities/ai/engines/engine-profile.ts'
import { noOwnEngine, type OwnEngine } from '../../../../../electron/agent/capabilities/ai/own-engine.ts'
import { FcnError } from '../../../../../electron/agent/errors.ts'
import { createEmitter } from '../../../../../electron/agent/support/signal.ts'
import { startFakeEngine } from '../../../../fakes/ai/fake-engine.ts'
import { startAiNode } from '../../../../fakes/ai-node.ts'

const key = 'made anew for each process'

/** The engine of this node with one model file, whose process runs once it is asked. */
async function startOwn(more: Partial<OwnEngine> = {}) {
  const engine = await startFakeEngine({ models: [{ name: 'file' }], key, script: { words: ['from', ' a', ' file'] } })
  onTestFinished(engine.stop)
  const own: OwnEngine = {
    ...noOwnEngine(),
    changed: createEmitter(),
    view: () => ({
      state: 'ready',
      problem: null,
      files: [{ model: 'file', path: '/models/file.gguf', size: 1, state: 'resting', problem: null }],
    }),
    models: () => [{ ...bareModel('file'), loaded: false }],
    connect: async () => ({ url: engine.url, key }),
    ...more,
  }
  return { engine, node: await startAiNode({ own }) }
}

const chat = { model: 'file', messages: [{ role: 'user', content: 'hello' }] }

describe('the engine that comes with the node', () => {
  it('is one of the engines, with the models of its files, before its process runs', async () => {
    const { node } = await startOwn()
    expect(node.engines.list()).toMatchObject([
      { kind: 'embedded', origin: 'embedded', state: 'ready', models: [{ name: 'file', loaded: false }] },
    ])
    expect(node.engines.models().models).toMatchObject([{ name: 'file', engine: 'embedded' }])
    expect(node.server.status()).toMatchObject({ ok: true, detail: 'Engine of this node, 1 model' })
  })

  it('answers in any dialect, by the address and the key that it has at that moment', async () => {
    const { engine, node } = await startOwn()
    const answer = await node.ask('/api/chat', { ...chat, stream: false })
    expect(await answer.json()).toMatchObject({ message: { content: 'from a file' }, done: true })
    expect(engine.asked[0]?.headers).toMatchObject({ authorization: `Bearer ${key}` })
  })

  it('that does not start has seen nothing of the request, so that another node may be asked', async () => {
    const connect = () => Promise.reject(new FcnError('backend_failed', 'The engine does not start.'))
    const { node } = await startOwn({ connect })
    const answer = await node.ask('/v1/chat/completions', chat)
    expect(answer.headers.get('x-fcn-error')).toBe('backend_failed')
    expect(answer.headers.get('x-fcn-executed')).toBe('no')
  })

  it('is not spoken of where there is none', async () => {
    const node = await startAiNode()
    expect(node.engines.list()).toEqual([])
    expect(node.engines.embedded()).toEqual({ state: 'missing', problem: null, files: [] })
    await expect(node.engines.addFile({ path: '/models/file.gguf' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
