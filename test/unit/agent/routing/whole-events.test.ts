import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createWholeEvents, endOfWhole, kindOf } from '../../../../electron/agent/routing/whole-events.ts'

const gone = new FcnError('unreachable', 'The node is gone.')
const failure = ({ message }: FcnError) => `data: ${message}\n\n`

/** Cuts the text anywhere. */
const cuts = (text: string, at: readonly number[]) => {
  const bytes = Buffer.from(text)
  const places = [0, ...at.map((one) => one % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end))
}

describe('a stream of whole events', () => {
  it('lets through what it gets, however it is cut, and never a part of an event', () => {
    const line = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/gu, ' '))
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 12 }),
        fc.constantFrom('\n\n', '\r\n\r\n'),
        fc.array(fc.nat(), { maxLength: 8 }),
        (lines, end, at) => {
          const text = lines.map((each) => `data: ${each}${end}`).join('')
          const stream = createWholeEvents('events', failure)
          let out = ''
          for (const chunk of cuts(text, at)) {
            out += stream.push(chunk).toString('latin1')
            expect(out === '' || /\n\r?\n$/u.test(out)).toBe(true)
          }
          expect(out + stream.end().toString('latin1')).toBe(Buffer.from(text).toString('latin1'))
        },
      ),
    )
  })

  it('tells a failure behind the last whole event, without the half of another', () => {
    const stream = createWholeEvents('events', failure)
    expect(stream.push(Buffer.from('data: a\n\ndata: {"ha')).toString()).toBe('data: a\n\n')
    expect(stream.fail(gone).toString()).toBe('data: The node is gone.\n\n')
    expect(stream.end()).toHaveLength(0)
  })

  it('gives the rest at the end, whole or not', () => {
    const stream = createWholeEvents('lines', failure)
    expect(stream.push(Buffer.from('{"a":1}\n{"b"')).toString()).toBe('{"a":1}\n')
    expect(stream.end().toString()).toBe('{"b"')
  })

  it('holds back no more than a quarter of a megabyte', () => {
    const stream = createWholeEvents('lines', failure)
    const big = Buffer.alloc(256 * 1024 + 1, 'x')
    expect(stream.push(big)).toHaveLength(big.length)
  })

  it('knows where the last whole one ends', () => {
    expect(endOfWhole(Buffer.from('data: a\n'), 'events')).toBe(0)
    expect(endOfWhole(Buffer.from('\n\n'), 'events')).toBe(2)
    expect(endOfWhole(Buffer.from('a\r\n\r\nb\n'), 'events')).toBe(5)
    expect(endOfWhole(Buffer.from('a\nb'), 'lines')).toBe(2)
  })

  it('is told by the content type', () => {
    expect(kindOf('text/event-stream; charset=utf-8')).toBe('events')
    expect(kindOf('application/x-ndjson')).toBe('lines')
    expect(kindOf('application/json')).toBeNull()
    expect(kindOf(undefined)).toBeNull()
  })
})
