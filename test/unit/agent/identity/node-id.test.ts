import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOfId, idOfBytes, idOfPublicKey, parseId } from '../../../../electron/agent/identity/node-id.ts'

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const ids = fc.uint8Array({ minLength: 1, maxLength: 100 }).map(idOfPublicKey)

/** The id with the character at `place` (dashes not counted) replaced. */
const replaced = (id: string, place: number, character: string) => {
  const bare = [...id.replaceAll('-', '')]
  bare[place] = character
  return bare.join('')
}

describe('node id', () => {
  it('never changes for the same key', () => {
    expect(idOfPublicKey(new TextEncoder().encode('a public key'))).toBe('BNZUR6Q-DRFYMJD-WAPTLTW-YSX6OMC')
  })

  it('reads back in any case, spacing and with look-alikes', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(parseId(id)).toBe(id)
        expect(parseId(` ${id.toLowerCase().replaceAll('-', ' ')} `)).toBe(id)
        expect(parseId(id.replaceAll('O', '0').replaceAll('I', '1').replaceAll('B', '8'))).toBe(id)
      }),
    )
  })

  it('is seventeen bytes and back', () => {
    fc.assert(
      fc.property(ids, (id) => {
        expect(bytesOfId(id)).toHaveLength(17)
        expect(idOfBytes(bytesOfId(id))).toBe(id)
      }),
    )
    const bytes = bytesOfId(idOfPublicKey(new Uint8Array(1)))
    expect(() => idOfBytes(bytes.subarray(1))).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(() => idOfBytes(bytes.map((byte, index) => (index === 16 ? byte | 1 : byte)))).toThrow(
      expect.objectContaining({ code: 'invalid_input' }),
    )
  })

  it('notices any one or two wrong characters', () => {
    const place = fc.nat(27)
    const character = fc.constantFrom(...alphabet)
    fc.assert(
      fc.property(ids, place, character, place, character, (id, place1, character1, place2, character2) => {
        const typed = replaced(replaced(id, place1, character1), place2, character2)
        fc.pre(typed !== id.replaceAll('-', ''))
        expect(() => parseId(typed)).toThrow(/typing error/)
      }),
      { numRuns: 2000 },
    )
  })

  it('notices swapped neighbours', () => {
    fc.assert(
      fc.property(ids, fc.nat(26), (id, place) => {
        const bare = id.replaceAll('-', '')
        const typed = replaced(replaced(id, place, bare[place + 1] ?? ''), place + 1, bare[place] ?? '')
        fc.pre(typed !== bare)
        expect(() => parseId(typed)).toThrow(/typing error/)
      }),
    )
  })

  it('refuses anything else with a reason', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseId(text)).toThrow(/id/)
      }),
    )
    expect(() => parseId('?'.repeat(28))).toThrow('cannot be part of an id')
  })
})
