import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonCode, joinCommitment, nonceBytes, opens } from '../../../../electron/agent/membership/comparison-code.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'

const ascending = Uint8Array.from({ length: nonceBytes }, (_, index) => index)
const descending = Uint8Array.from({ length: nonceBytes }, (_, index) => 255 - index)
const mesh = 'QCMD3QQ-YLTJEQH-F4RD7WH-5FH33AF'
const joiner = { id: 'MFHIEUD-DSCSCBD-KMU23GT-4SPAST4', key: Buffer.alloc(91, 1), nonce: ascending }
const approver = { id: 'LOEUF55-QDDCNW6-BEOMKEW-DW62TAC', key: Buffer.alloc(91, 2), nonce: descending }

const nonce = fc.uint8Array({ minLength: nonceBytes, maxLength: nonceBytes })
const flipped = (bytes: Uint8Array, bit: number) => bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))

describe('the comparison code', () => {
  it('is what the documented layout says (test vector)', () => {
    const commitment = '713850dcd4a5cd136019b62489ac6f28511345644515882efd96f924474e6f7a'
    expect(Buffer.from(joinCommitment(ascending)).toString('hex')).toBe(commitment)
    expect(comparisonCode(mesh, joiner, approver)).toBe('847067')
  })

  it('is another one for another mesh, id, key or nonce, and when the two sides are swapped', () => {
    const codes = [
      comparisonCode(mesh, joiner, approver),
      comparisonCode(joiner.id, joiner, approver),
      comparisonCode(mesh, approver, joiner),
      ...(['id', 'key', 'nonce'] as const).flatMap((part) => [
        comparisonCode(mesh, { ...joiner, [part]: approver[part] }, approver),
        comparisonCode(mesh, joiner, { ...approver, [part]: joiner[part] }),
      ]),
    ]
    expect(new Set(codes).size).toBe(codes.length)
  })

  it('is six digits, each as likely as another wherever it stands', () => {
    const random = createFakeRandom(7)
    const samples = 20_000
    const seen = Array.from({ length: 60 }, () => 0)
    for (let i = 0; i < samples; i++) {
      const code = comparisonCode(mesh, { ...joiner, nonce: random.bytes(nonceBytes) }, approver)
      if (!/^\d{6}$/u.test(code)) throw new Error(`${code} is not six digits.`)
      for (const [place, digit] of [...code].entries()) seen[place * 10 + Number(digit)] = (seen[place * 10 + Number(digit)] ?? 0) + 1
    }
    // chi-square with 9 degrees of freedom stays below 33.7 in 9,999 of 10,000 fair places
    for (let place = 0; place < 6; place++) {
      const expected = samples / 10
      const chi = seen.slice(place * 10, place * 10 + 10).reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      expect(chi).toBeLessThan(33.7)
    }
  })
})

describe('the commitment', () => {
  it('opens with its nonce, and with no other bit of it', () => {
    fc.assert(
      fc.property(nonce, fc.nat(nonceBytes * 8 - 1), (own, bit) => {
        expect(opens(joinCommitment(own), own)).toBe(true)
        expect(opens(joinCommitment(own), flipped(own, bit))).toBe(false)
        expect(opens(flipped(joinCommitment(own), bit), own)).toBe(false)
      }),
    )
  })

  it('does not open with a nonce or a commitment of another length', () => {
    expect(opens(joinCommitment(ascending.subarray(1)), ascending.subarray(1))).toBe(false)
    expect(opens(joinCommitment(ascending).subarray(1), ascending)).toBe(false)
    expect(opens(new Uint8Array(), new Uint8Array())).toBe(false)
  })
})
