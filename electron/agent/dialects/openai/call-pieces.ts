import { z } from 'zod'
import type { ModelEvent } from '../events.ts'
import { maxToolCalls } from '../limits.ts'
import { badAnswer } from '../stream/reader.ts'

/** A piece of a tool call in a stream; the first brings id and name. */
export const callPiece = z.object({
  index: z.number().int().nonnegative().nullish(),
  id: z.string().nullish(),
  function: z.object({ name: z.string().nullish(), arguments: z.string().nullish() }).nullish(),
})
type CallPiece = z.infer<typeof callPiece>

interface OpenCall {
  index: number
  id: string
}

/** Puts the pieces of tool calls in order. Some engines leave the index out, or send whole calls that are all number 0. */
export function createCallPieces(newId: () => string): { readonly count: number; read(piece: CallPiece, place: number): ModelEvent[] } {
  const open = new Map<number, OpenCall>()
  let count = 0

  function begin(slot: number, id: string, name: string): [OpenCall, ModelEvent] {
    if (count >= maxToolCalls) throw badAnswer('it calls more tools than are taken')
    const call = { index: count, id }
    count += 1
    open.set(slot, call)
    return [call, { type: 'tool-call', index: call.index, id, name }]
  }

  return {
    get count() {
      return count
    },
    read(piece, place) {
      const slot = piece.index ?? place
      const name = piece.function?.name
      const text = piece.function?.arguments
      const known = open.get(slot)
      const isNew = known === undefined || (Boolean(name) && Boolean(piece.id) && piece.id !== known.id)
      if (!isNew) return text ? [{ type: 'tool-arguments', index: known.index, text }] : []
      if (!name) throw badAnswer('a tool call has no name')
      const [call, begun] = begin(slot, piece.id || `call_${newId()}`, name)
      return text ? [begun, { type: 'tool-arguments', index: call.index, text }] : [begun]
    },
  }
}
