import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { join } from '../../../../electron/agent/relay/joint.ts'
import { socketPair } from '../../../support/socket-pair.ts'
import { soon } from '../../../support/soon.ts'
import { turns } from '../../../support/turns.ts'

const goOn = () => true

/** Two members, and the hub's ends of their connections. */
async function members() {
  const [[anna, one], [berta, other]] = await Promise.all([socketPair(), socketPair()])
  return { anna, berta, one, other }
}

function joined(one: Socket, other: Socket, passed: (bytes: number, resume: () => void) => boolean = goOn) {
  let count = 0
  const closed = new Promise<void>((resolve) => join(one, other, { passed, closed: () => (count++, resolve()) }))
  return { closed, count: () => count }
}

describe('two joined streams', () => {
  it('carry bytes unchanged both ways, and each end is passed on by itself', async () => {
    const { anna, berta, one, other } = await members()
    let passed = 0
    const { closed, count } = joined(one, other, (bytes) => ((passed += bytes), true))
    const [there, back] = [randomBytes(3_000_000), randomBytes(2_000_000)]
    anna.end(there)
    expect((await soon(buffer(berta))).equals(there)).toBe(true)
    berta.end(back) // long after the other direction has ended
    expect((await soon(buffer(anna))).equals(back)).toBe(true)
    await soon(closed)
    await turns(5)
    expect(count()).toBe(1)
    expect(passed).toBe(5_000_000)
  })

  it('hold no more than their buffers when one side does not read', async () => {
    const { anna, one, other } = await members()
    joined(one, other)
    const piece = randomBytes(65_536)
    let stalled = 0
    for (let sent = 0; sent < 2_000 && stalled < 20; sent++) {
      if (anna.write(piece)) stalled = 0
      else await turns(20).then(() => (stalled = anna.writableNeedDrain ? stalled + 1 : 0))
    }
    expect(stalled).toBe(20)
    expect(one.readableLength + other.writableLength).toBeLessThan(1_000_000)
  })

  it('take no more until the one who counts lets them', async () => {
    const { anna, berta, one, other } = await members()
    let resume = () => undefined as void
    let passed = 0
    joined(one, other, (bytes, letOn) => {
      passed += bytes
      resume = letOn
      return false
    })
    berta.resume()
    anna.write('first')
    await soon(once(berta, 'data'))
    anna.write('second')
    await turns(50)
    expect(passed).toBe(5)
    resume()
    await soon(once(berta, 'data'))
    expect(passed).toBe(11)
  })

  it.each(['reset', 'destroyed here'])('break together (%s), and nobody takes that for an end', async (how) => {
    const { anna, berta, one, other } = await members()
    const { closed, count } = joined(one, other)
    berta.resume()
    let ended = false
    berta.once('end', () => (ended = true))
    anna.write('the first half of ')
    await soon(once(berta, 'data'))
    if (how === 'reset') anna.resetAndDestroy()
    else one.destroy()
    await soon(Promise.all([closed, new Promise((resolve) => berta.once('close', resolve))]))
    expect(ended).toBe(false)
    expect(count()).toBe(1)
  })

  it.each([
    ['one', true],
    ['other', true],
    ['one', false],
    ['other', false],
  ] as const)('are closed at once when the %s is destroyed already (its close told: %s)', async (which, isTold) => {
    const ends = await members()
    ends[which].destroy()
    if (isTold) await once(ends[which], 'close')
    const { closed, count } = joined(ends.one, ends.other)
    await soon(closed)
    await turns(5)
    expect(count()).toBe(1)
    expect(ends.one.destroyed && ends.other.destroyed).toBe(true)
  })
})
