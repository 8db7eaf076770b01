import { duplexPair } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameSocket, type Frame } from '../../../../electron/agent/transport/frames.ts'

function pair() {
  const [near, far] = duplexPair()
  const frames: Frame[] = []
  let closed = 0
  const socket = createFrameSocket(near, { frame: (frame) => void frames.push(frame), closed: () => closed++ })
  return { socket, near, far, frames, closed: () => closed }
}
const passed = () => new Promise<void>((resolve) => setImmediate(resolve))

const frame: fc.Arbitrary<Frame> = fc.oneof(
  fc.tuple(fc.constant('s' as const), fc.jsonValue()),
  fc.tuple(fc.constant('a' as const), fc.nat(), fc.jsonValue()),
  fc.tuple(fc.constant('r' as const), fc.nat(), fc.jsonValue()),
  fc.constant(['b'] as ['b']),
)

describe('frames', () => {
  it('arrive as they were written, however the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(frame, { maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
        async (sent, cuts) => {
          const { far, frames } = pair()
          let text = Buffer.from(sent.map((each) => `${JSON.stringify(each)}\n`).join(''))
          for (let i = 0; text.length > 0; i++) {
            const size = cuts[i % cuts.length] ?? 1
            far.write(text.subarray(0, size))
            text = text.subarray(size)
          }
          await passed()
          expect(frames).toEqual(JSON.parse(JSON.stringify(sent)))
        },
      ),
      { numRuns: 50 },
    )
  })

  it.each([
    ['no JSON', 'hello\n'],
    ['another kind', '["x",1]\n'],
    ['a number that is none', '["a",-1,{}]\n'],
    ['an empty line', '\n'],
    ['a web page', '<html>\n'],
    ['a line that does not end', 'x'.repeat(600_000)],
  ])('end the connection when it is %s', async (_what, text) => {
    const { far, near, frames, closed } = pair()
    far.write(`["s",1]\n${text}["s",2]\n`)
    await passed()
    await passed()
    expect(frames).toEqual([['s', 1]])
    expect(near.destroyed).toBe(true)
    expect(closed()).toBe(1)
  })

  it('are not taken when the other side does not read: first what may be lost, then all', () => {
    const { socket } = pair()
    let said = 0
    while (socket.write(['s', 'x'.repeat(1_000)]) && said < 1_000) said++
    expect(said).toBeLessThan(100)
    let asked = 0
    while (socket.write(['a', 1, 'x'.repeat(10_000)]) && asked < 1_000) asked++
    expect(asked).toBeGreaterThan(0)
    expect(asked).toBeLessThan(300)
  })
})
