import fc from 'fast-check'
import type { Socket } from 'node:net'
import { duplexPair } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { onFirstByte, type Protocol } from '../../../../electron/agent/api/first-byte.ts'
import { beginsLane, laneHead, laneHeadLength, ticketOf } from '../../../../electron/agent/protocol/tunnel-protocol.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { turns } from '../../../support/turns.ts'

const ticket = 'AAAAAAAAAAAAAAAAAAAA-_'

/** What these pieces are taken for, and what is left to read. */
async function taken(pieces: readonly (string | Uint8Array)[]) {
  const clock = createFakeClock()
  const [near, far] = duplexPair()
  let protocol: Protocol | null = null
  onFirstByte(clock, near as Socket, 10_000, { decide: (seen) => void (protocol = seen), silent: () => undefined })
  for (const piece of pieces) {
    far.write(piece)
    await turns(2)
  }
  const left = protocol === null ? null : (near.read() as Buffer | null)
  const isWaiting = protocol === null && !near.destroyed
  await clock.advance(10_000)
  return { protocol, left, isWaiting, destroyed: near.destroyed }
}

describe('the first bytes of a connection', () => {
  it.each([
    ['a lane', [laneHead(ticket)], 'lane'],
    ['a lane in pieces', ['F', 'CN-LANE ', ticket, '\n'], 'lane'],
    ['a lane with more behind it', [`${laneHead(ticket)}and more`], 'lane'],
    ['something of 32 bytes that begins like a lane', [`FCN-LANE ${'x'.repeat(23)}`], 'lane'],
    ['a method that begins with F', ['FOO / HTTP/1.1\r\n\r\n'], 'plain'],
    ['a method that begins like a lane', ['F', 'CN', 'X / HTTP/1.1\r\n\r\n'], 'plain'],
    ['FCN-LANES as a method', ['FCN-LANES / HTTP/1.1\r\n\r\n'], 'plain'],
    ['GET', ['G', 'ET / HTTP/1.1\r\n\r\n'], 'plain'],
    ['PRI of HTTP/2', ['PRI * ', 'HTTP/2.0\r\n\r\nSM\r\n\r\n'], 'h2c'],
    ['POST', ['P', 'OST / HTTP/1.1\r\n\r\n'], 'plain'],
    ['TLS', [Uint8Array.of(0x16, 3, 1)], 'tls'],
  ] as const)('tell %s', async (_what, pieces, protocol) => {
    const whole = Buffer.concat(pieces.map((piece) => Buffer.from(piece as string)))
    expect(await taken(pieces)).toMatchObject({ protocol, left: whole })
  })

  it.each(['F', 'FCN', 'FCN-LANE', 'FCN-LANE ', `FCN-LANE ${ticket}`, 'P', 'PRI * HTTP/2.0'])(
    'are waited for after “%s”, and not for ever',
    async (begin) => {
      expect(await taken([begin])).toMatchObject({ protocol: null, isWaiting: true, destroyed: true })
    },
  )

  it('mean the same in whatever pieces they come, and none is lost', async () => {
    const begins = fc.oneof(
      fc.uint8Array({ minLength: 40, maxLength: 60 }),
      fc
        .constantFrom('FCN-LANE ', 'FCN-LAN', 'F', 'PRI * HTTP/2.0\r\n', 'PRI ', '\u0016', 'GET / ')
        .chain((begin) => fc.uint8Array({ minLength: 40, maxLength: 60 }).map((rest) => Buffer.concat([Buffer.from(begin), rest]))),
    )
    await fc.assert(
      fc.asyncProperty(begins, fc.array(fc.nat(40), { maxLength: 4 }), async (bytes, cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length]
        const pieces = at.slice(1).map((end, place) => bytes.subarray(at[place], end))
        const [whole, parts] = [await taken([bytes]), await taken(pieces.filter(({ length }) => length > 0))]
        expect(parts.protocol).toBe(whole.protocol)
        expect(whole.protocol).not.toBeNull()
        expect(parts.left?.equals(bytes)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })
})

describe('the head of a lane', () => {
  it('has a ticket of 22 characters between its words, or is none', () => {
    expect(laneHead(ticket)).toHaveLength(laneHeadLength)
    expect(ticketOf(laneHead(ticket))).toBe(ticket)
    for (const head of [laneHead('x'.repeat(21)), `FCN-LANE ${ticket} `, `FCN-LANE ${'/'.repeat(22)}\n`, `NOT-LANE ${ticket}\n`, '']) {
      expect(ticketOf(head)).toBeNull()
    }
  })

  it('is told from everything else, however little has come', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), fc.nat(40), (text, length) => {
        const bytes = text.slice(0, length)
        const isBegin = 'FCN-LANE '.startsWith(bytes.slice(0, 9)) && bytes.length < laneHeadLength
        const isWhole = bytes.length >= laneHeadLength && bytes.startsWith('FCN-LANE ')
        expect(beginsLane(bytes)).toBe(isWhole ? true : isBegin ? null : false)
      }),
    )
    for (let length = 0; length < laneHeadLength; length++) expect(beginsLane(laneHead(ticket).slice(0, length))).toBeNull()
    expect(beginsLane(laneHead(ticket))).toBe(true)
  })
})
