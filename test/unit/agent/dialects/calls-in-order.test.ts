import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCallOrder } from '../../../../electron/agent/dialects/calls-in-order.ts'
import { type ModelEvent, unknownUsage } from '../../../../electron/agent/dialects/events.ts'
import { meaningOf } from '../../../support/dialects.ts'

const call = (index: number): ModelEvent => ({ type: 'tool-call', index, id: `call_${index}`, name: `tool${index}` })
const piece = (index: number, text: string): ModelEvent => ({ type: 'tool-arguments', index, text })
const text = (said: string): ModelEvent => ({ type: 'text', text: said })
const end: ModelEvent = { type: 'end', reason: 'tools', stopText: null, usage: unknownUsage, timing: null }

const ordered = (events: readonly ModelEvent[]) => events.flatMap(createCallOrder())

describe('tool calls', () => {
  it('that come in order pass at once', () => {
    const order = createCallOrder()
    for (const event of [text('a'), call(0), piece(0, '{"a":'), piece(0, '1}'), call(1), piece(1, '{}'), end]) {
      expect(order(event)).toEqual([event])
    }
  })

  it('that are written side by side come one after the other', () => {
    const mixed = [
      call(0),
      piece(0, '{"a":'),
      call(1),
      piece(1, '{"b'),
      call(2),
      piece(0, '1}'),
      piece(2, '{}'),
      piece(1, '":2}'),
      text('x'),
      end,
    ]
    expect(meaningOf(ordered(mixed))).toEqual([
      call(0),
      piece(0, '{"a":1}'),
      call(1),
      piece(1, '{"b":2}'),
      call(2),
      piece(2, '{}'),
      text('x'),
      end,
    ])
  })

  it('without arguments have empty ones', () => {
    expect(ordered([call(0), call(1), piece(1, '{"b":2}'), end])).toEqual([call(0), piece(0, '{}'), call(1), piece(1, '{"b":2}'), end])
    expect(ordered([call(0), end])).toEqual([call(0), piece(0, '{}'), end])
  })

  it('whose arguments are never whole come all the same, at the end', () => {
    expect(ordered([call(0), piece(0, '{"a'), call(1), piece(1, '{}'), end])).toEqual([
      call(0),
      piece(0, '{"a'),
      call(1),
      piece(1, '{}'),
      end,
    ])
  })

  it('lose and mix nothing, however they are interleaved', () => {
    const argumentsOf = fc.json({ maxDepth: 2 }).map((json) => `{"x":${json}}`)
    const answer = fc
      .array(argumentsOf, { minLength: 1, maxLength: 5 })
      .chain((texts) => fc.array(fc.nat({ max: texts.length - 1 }), { maxLength: 60 }).map((turns) => ({ texts, turns })))
    fc.assert(
      fc.property(answer, ({ texts, turns }) => {
        const left = texts.map((one) => [...one])
        const begun = new Set<number>()
        const events: ModelEvent[] = []
        for (const index of [...turns, ...texts.keys()]) {
          // calls begin in order of their numbers
          while (begun.size <= index) {
            events.push(call(begun.size))
            begun.add(begun.size)
          }
          const isLast = events.length > turns.length * 2
          const some = left[index]?.splice(0, isLast ? Infinity : 3).join('') ?? ''
          if (some !== '') events.push(piece(index, some))
        }
        for (const [index, rest] of left.entries()) if (rest.length > 0) events.push(piece(index, rest.join('')))
        expect(meaningOf(ordered([...events, end]))).toEqual([...texts.flatMap((one, index) => [call(index), piece(index, one)]), end])
      }),
    )
  })
})
