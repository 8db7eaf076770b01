import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createTaskGroup } from '../../../../electron/agent/membership/task-group.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

const stopping = new FcnError('not_running', 'The node stops.')
const untilAborted = (signal: AbortSignal) =>
  new Promise<void>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))

describe('task group', () => {
  it('runs one task per key, at most so many, and only between begin and end', async () => {
    const tasks = createTaskGroup({ log: createKeptLog() }, { limit: 2 })
    expect(tasks.run('early', untilAborted)).toBe(false)
    tasks.begin()
    expect([tasks.run('a', untilAborted), tasks.run('a', untilAborted)]).toEqual([true, false])
    expect([tasks.run('b', untilAborted), tasks.run('c', untilAborted)]).toEqual([true, false])
    await tasks.cancel('a', stopping)
    expect(tasks.has('a')).toBe(false)
    await tasks.end(stopping)
    expect(tasks.has('b')).toBe(false)
    expect(tasks.run('late', untilAborted)).toBe(false)
    tasks.begin()
    expect(tasks.run('again', async () => undefined)).toBe(true)
    await tasks.end(stopping)
  })

  it('logs what fails by itself, not what was aborted', async () => {
    const log = createKeptLog()
    const tasks = createTaskGroup({ log }, { limit: 2 })
    tasks.begin()
    tasks.run('fails', () => Promise.reject(new Error('broken')))
    await new Promise((resolve) => setImmediate(resolve))
    tasks.run('aborted', untilAborted)
    await Promise.resolve()
    await tasks.end(stopping)
    expect(log.lines.map(({ facts }) => facts)).toMatchObject([{ task: 'fails' }])
  })
})
