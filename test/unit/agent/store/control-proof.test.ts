import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { challengePattern, controlProof, isControlProof } from '../../../../electron/agent/store/control-proof.ts'

const challenge = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('base64url'))
const port = fc.integer({ min: 1, max: 65_535 })

describe('the proof of the control token', () => {
  it('is a fixed value for fixed inputs', () => {
    expect(controlProof('token', 'A'.repeat(43), 3000)).toBe('aQG12gGpX5IujDEzks6_bT1XQ6g8QAau3DoMiUPipx8')
  })

  it('holds for its token, challenge and port, and for no other', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), challenge, challenge, port, port, (token, asked, other, at, elsewhere) => {
        const proof = controlProof(token, asked, at)
        expect(challengePattern.test(asked)).toBe(true)
        expect(isControlProof(proof, { token, challenge: asked, port: at })).toBe(true)
        expect(isControlProof(proof, { token: `${token}x`, challenge: asked, port: at })).toBe(false)
        expect(isControlProof(proof, { token, challenge: other, port: at })).toBe(asked === other)
        expect(isControlProof(proof, { token, challenge: asked, port: elsewhere })).toBe(at === elsewhere)
      }),
    )
  })
})
