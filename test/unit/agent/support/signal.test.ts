import { describe, expect, it } from 'vitest'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'

describe('signal', () => {
  it('tells listeners in order of subscription until they leave', () => {
    const emitter = createEmitter<number>()
    const heard: string[] = []
    const leave = emitter.subscribe((value) => heard.push(`a${value}`))
    emitter.subscribe((value) => heard.push(`b${value}`))
    emitter.emit(1)
    leave()
    leave()
    emitter.emit(2)
    expect(heard).toEqual(['a1', 'b1', 'b2'])
  })

  it('counts the same function subscribed twice as two', () => {
    const emitter = createEmitter()
    let heard = 0
    const listener = () => void (heard += 1)
    const leave = emitter.subscribe(listener)
    emitter.subscribe(listener)
    leave()
    emitter.emit()
    expect(heard).toBe(1)
  })

  it('does not tell a listener that left while the value was being told', () => {
    const emitter = createEmitter()
    const heard: string[] = []
    let leave = () => {}
    emitter.subscribe(() => leave())
    leave = emitter.subscribe(() => heard.push('too late'))
    emitter.emit()
    expect(heard).toEqual([])
  })

  it('tells the rest when one throws, and does not lose the error', async () => {
    const emitter = createEmitter()
    let heard = false
    emitter.subscribe(() => {
      throw new Error('broken listener')
    })
    emitter.subscribe(() => void (heard = true))
    const uncaught = new Promise((resolve) => process.once('uncaughtException', resolve))
    const others = process.listeners('uncaughtException').slice(0, -1)
    for (const other of others) process.off('uncaughtException', other)
    try {
      emitter.emit()
      expect(heard).toBe(true)
      expect(await uncaught).toMatchObject({ message: 'broken listener' })
    } finally {
      for (const other of others) process.on('uncaughtException', other)
    }
  })
  it('says when the first listener comes and when the last one goes', () => {
    const said: boolean[] = []
    const emitter = createEmitter({ watched: (isWatched) => said.push(isWatched) })
    const leaves = [emitter.subscribe(() => {}), emitter.subscribe(() => {})]
    expect(said).toEqual([true])
    for (const leave of [...leaves, ...leaves]) leave()
    expect(said).toEqual([true, false])
  })
})
