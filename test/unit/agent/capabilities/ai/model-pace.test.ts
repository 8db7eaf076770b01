import { describe, expect, it } from 'vitest'
import { createModelPaces } from '../../../../../electron/agent/capabilities/ai/serving/model-pace.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'

describe('the pace of a model', () => {
  it('is unknown before its first request', () => {
    const paces = createModelPaces({ clock: createFakeClock() })
    expect(paces.of('e', 'm')).toEqual({ busy: 0, firstTokenMs: null, tokensPerSecond: null, lacksMemory: false })
  })

  it('is the time to the first token, and the tokens per second after it', async () => {
    const clock = createFakeClock()
    const paces = createModelPaces({ clock })
    const request = paces.begin('e', 'm')
    expect(paces.of('e', 'm').busy).toBe(1)
    await clock.advance(200)
    request.began(false)
    await clock.advance(1_000)
    request.ended(51)
    expect(paces.of('e', 'm')).toEqual({ busy: 0, firstTokenMs: 200, tokensPerSecond: 50, lacksMemory: false })
  })

  it('follows what changes, little by little', async () => {
    const clock = createFakeClock()
    const paces = createModelPaces({ clock })
    for (const wait of [100, 200]) {
      const request = paces.begin('e', 'm')
      await clock.advance(wait)
      request.began(false)
      request.ended(0)
    }
    expect(paces.of('e', 'm').firstTokenMs).toBeCloseTo(130)
  })

  it('learns nothing from an answer of a few tokens, nor from one that never began', async () => {
    const clock = createFakeClock()
    const paces = createModelPaces({ clock })
    const short = paces.begin('e', 'm')
    short.began(false)
    await clock.advance(1_000)
    short.ended(3)
    paces.begin('e', 'm').ended(0)
    expect(paces.of('e', 'm')).toMatchObject({ busy: 0, tokensPerSecond: null })
  })

  it('remembers for a minute that there was no memory for it, or until it runs', async () => {
    const clock = createFakeClock()
    const paces = createModelPaces({ clock })
    const first = paces.begin('e', 'm')
    first.lackedMemory()
    first.ended(0)
    expect(paces.of('e', 'm').lacksMemory).toBe(true)
    await clock.advance(60_000)
    expect(paces.of('e', 'm').lacksMemory).toBe(false)
    const second = paces.begin('e', 'm')
    second.lackedMemory()
    second.began(false)
    second.ended(0)
    expect(paces.of('e', 'm').lacksMemory).toBe(false)
  })

  it('is kept for so many models and no more, and never lost while a request runs', () => {
    const paces = createModelPaces({ clock: createFakeClock() })
    paces.begin('e', 'runs')
    for (let number = 0; number < 1_000; number++) {
      const request = paces.begin('e', `m${number}`)
      request.began(false)
      request.ended(0)
    }
    expect(paces.of('e', 'runs').busy).toBe(1)
    expect(paces.of('e', 'm0').firstTokenMs).toBeNull()
    expect(paces.of('e', 'm999').firstTokenMs).toBe(0)
  })

  it('counts all the time of an answer that comes in one piece, which says nothing of its first token', async () => {
    const clock = createFakeClock()
    const paces = createModelPaces({ clock })
    const request = paces.begin('e', 'm')
    await clock.advance(2_000)
    request.began(true)
    await clock.advance(1) // the piece is read
    request.ended(20)
    expect(paces.of('e', 'm').firstTokenMs).toBeNull()
    expect(paces.of('e', 'm').tokensPerSecond).toBeCloseTo(10, 1)
  })
})
