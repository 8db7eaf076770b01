import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createEventParser } from '../../../../renderer/bridge/event-stream.ts'

const line = fc.string({ maxLength: 30 }).map((text) => text.replaceAll(/[\r\n]/g, ' '))
const anEvent = fc.record({ event: fc.constantFrom('hello', 'change', 'message'), lines: fc.array(line, { minLength: 1, maxLength: 3 }) })

describe('event stream', () => {
  it('reads the same events however the text is cut, with any line end and comments between', () => {
    fc.assert(
      fc.property(
        fc.array(anEvent, { maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        fc.array(fc.nat({ max: 400 }), { maxLength: 12 }),
        (events, end, cuts) => {
          const text = events
            .map(({ event, lines }) => [`: beat`, `event: ${event}`, ...lines.map((data) => `data: ${data}`), '', ''].join(end))
            .join('')
          const parse = createEventParser()
          const read = pieces(`${text}:${end}`, cuts).flatMap((piece) => parse(piece))
          expect(read).toEqual(events.map(({ event, lines }) => ({ event, data: lines.join('\n') })))
        },
      ),
    )
  })

  it('gives up an event that does not end', () => {
    const parse = createEventParser()
    const megabyte = 'x'.repeat(1024 * 1024)
    expect(() => {
      for (let i = 0; i < 20; i++) parse(`data: ${megabyte}\n`)
    }).toThrow('does not end')
  })

  it('never throws on any short text', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' })), (parts) => {
        const parse = createEventParser()
        for (const part of parts) parse(part)
      }),
    )
  })
})

function pieces(text: string, cuts: readonly number[]): string[] {
  const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length])].toSorted((a, b) => a - b)
  return places.slice(1).map((place, i) => text.slice(places[i], place))
}
