import { describe, expect, it } from 'vitest'
import type { TrialAnswer } from '../../../../../electron/contract/ai.ts'
import type { Bridge } from '../../../../../renderer/bridge/bridge.ts'
import { CallError } from '../../../../../renderer/bridge/bridge.ts'
import { runTrial } from '../../../../../renderer/features/models/trial/run-trial.ts'
import { answered } from '../../../../fixtures/household-models.ts'

/** A node that runs one trial: it knows the text so far, tells what is new of it, and stops when it is told to. */
function createTrialNode(text: string) {
  let said = 0
  let state: TrialAnswer['state'] = 'running'
  const called: string[] = []
  const from = (position: number): TrialAnswer => ({ ...answered, id: 'trial-1', text: text.slice(position, said), end: said, state })
  const call = async (name: string, input: { id?: string; from?: number }) => {
    called.push(name)
    if (name === 'ai.trial.start') return from(0)
    if (input.id !== 'trial-1') throw new CallError({ code: 'not_found', message: 'There is no such trial.' })
    if (name === 'ai.trial.stop') state = 'stopped'
    if (state === 'running') {
      said = Math.min(text.length, said + 3)
      if (said === text.length) state = 'done'
    }
    return from(input.from ?? 0)
  }
  return { call: call as Bridge['call'], called, state: () => state }
}

const ask = { model: 'llama3.2:3b', messages: [{ role: 'user' as const, text: 'Hello' }] }
const pause = () => Promise.resolve()

describe('a trial', () => {
  it('tells all of the answer in order, and stops nothing that has ended by itself', async () => {
    const node = createTrialNode('Good morning.')
    const told: string[] = []
    await runTrial({ call: node.call, pause }, { ask, signal: new AbortController().signal, onNews: ({ text }) => told.push(text) })
    expect(told.join('')).toBe('Good morning.')
    expect(told.length).toBeGreaterThan(3)
    expect(node.called).not.toContain('ai.trial.stop')
  })

  it('stops the model at once when the chat is left, and tells nothing more', async () => {
    const node = createTrialNode('A long answer that nobody waits for.')
    const left = new AbortController()
    const told: string[] = []
    await runTrial(
      { call: node.call, pause },
      {
        ask,
        signal: left.signal,
        onNews({ text }) {
          told.push(text)
          if (told.length === 3) left.abort()
        },
      },
    )
    expect(node.state()).toBe('stopped')
    expect(told).toHaveLength(3)
  })

  it('stops a model whose chat was left before it began', async () => {
    const node = createTrialNode('Hello')
    const told: string[] = []
    await runTrial({ call: node.call, pause }, { ask, signal: AbortSignal.abort(), onNews: ({ text }) => told.push(text) })
    expect(node.state()).toBe('stopped')
    expect(told).toEqual([])
  })

  it('says why it could not go on, and stops the model as far as that is heard', async () => {
    const node = createTrialNode('Good morning.')
    let reads = 0
    const call = (async (name: never, input: never) => {
      if (name === 'ai.trial.read' && ++reads === 2) throw new CallError({ code: 'not_running', message: 'The node does not answer.' })
      return node.call(name, input)
    }) as Bridge['call']
    const running = runTrial({ call, pause }, { ask, signal: new AbortController().signal, onNews: () => undefined })
    await expect(running).rejects.toMatchObject({ failure: { code: 'not_running' } })
    expect(node.called).toContain('ai.trial.stop')
  })

  it('says why it was not begun', async () => {
    const call = (() => Promise.reject(new CallError({ code: 'busy', message: 'Too many run.' }))) as Bridge['call']
    const running = runTrial({ call, pause }, { ask, signal: new AbortController().signal, onNews: () => undefined })
    await expect(running).rejects.toMatchObject({ failure: { code: 'busy' } })
  })
})
