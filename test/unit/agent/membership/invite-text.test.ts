import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { idOfPublicKey } from '../../../../electron/agent/identity/node-id.ts'
import { type Invitation, parseInvite, writeInvite } from '../../../../electron/agent/membership/invite-text.ts'

const invitation: Invitation = {
  mesh: 'QCMD3QQ-YLTJEQH-F4RD7WH-5FH33AF',
  inviter: 'LOEUF55-QDDCNW6-BEOMKEW-DW62TAC',
  secret: Uint8Array.from({ length: 16 }, (_, index) => index),
  expiresAt: Date.UTC(2030, 0, 1),
  addresses: ['192.168.1.20:3000', '[2001:db8::20]:3000'],
}
const encoded =
  'AQCAmD3CGFzSSBy8iP9j9KfewFuJQvewGMTbeCRzFEsO3tTAAAECAwQFBgcICQoLDA0OD3Db2IACETE5Mi4xNjguMS4yMDozMDAwE1syMDAxOmRiODo6MjBdOjMwMDAYHc9q'

const id = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => idOfPublicKey(bytes))
const host = fc.oneof(
  fc.ipV4(),
  fc.ipV6().map((address) => `[${address}]`),
  fc.domain(),
)
const invitations: fc.Arbitrary<Invitation> = fc.record({
  mesh: id,
  inviter: id,
  secret: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  expiresAt: fc.integer({ min: 0, max: 2 ** 32 - 1 }).map((seconds) => seconds * 1000),
  addresses: fc.array(
    fc.tuple(host, fc.integer({ min: 1, max: 65_535 })).map(([name, port]) => `${name.slice(0, 100)}:${port}`),
    { minLength: 1, maxLength: 6 },
  ),
})

/** What the parser says; anything but an invitation or `invalid_input` is a bug. */
function read(text: string): Invitation | null {
  try {
    return parseInvite(text)
  } catch (error) {
    expect(error).toBeInstanceOf(FcnError)
    expect(error).toMatchObject({ code: 'invalid_input' })
    return null
  }
}

describe('an invite', () => {
  it('is written as documented (test vector)', () => {
    expect(writeInvite(invitation)).toEqual({ text: `fcn1.${encoded}`, link: `fcn://join?i=fcn1.${encoded}` })
    expect(parseInvite(`fcn1.${encoded}`)).toEqual(invitation)
  })

  it('comes back as it was, from its text and its link', () => {
    fc.assert(
      fc.property(invitations, (made) => {
        const { text, link } = writeInvite(made)
        expect(parseInvite(text)).toEqual(made)
        expect(parseInvite(link)).toEqual(made)
        expect(link.length).toBeLessThan(2_048)
      }),
    )
  })

  it('survives the white space and line breaks of a mail program', () => {
    const { text, link } = writeInvite(invitation)
    const wrapped = `\r\n  ${(link.match(/.{1,60}/gu) ?? []).join('\r\n')}\n\t`
    expect(parseInvite(wrapped)).toEqual(invitation)
    expect(parseInvite(` ${text}\u00a0`)).toEqual(invitation)
    expect(parseInvite(link.replace('join?', 'join/?'))).toEqual(invitation)
  })

  it('is refused when any bit of its text is flipped', () => {
    const bytes = Buffer.from(writeInvite(invitation).text, 'latin1')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const wrong = Buffer.from(bytes)
      wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(read(wrong.toString('latin1'))).toBeNull()
    }
  })

  it('is refused when any bit of its content is flipped, characters are missing or doubled', () => {
    fc.assert(
      fc.property(invitations, fc.nat(), fc.nat(), (made, bit, place) => {
        const { text } = writeInvite(made)
        const bytes = Buffer.from(text.slice(5), 'base64url')
        const at = bit % (bytes.length * 8)
        bytes[at >> 3] = (bytes[at >> 3] ?? 0) ^ (1 << (at & 7))
        expect(read(`fcn1.${bytes.toString('base64url')}`)).toBeNull()
        const cut = 5 + (place % (text.length - 5))
        expect(read(text.slice(0, cut) + text.slice(cut + 1))).toBeNull()
        expect(read(text.slice(0, cut) + text.slice(cut - 1))).toBeNull()
      }),
    )
  })

  it('is read from anything at all without another error than that it is none', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.base64String(),
      fc.constantFrom('', 'fcn1.', 'fcn://join?i=', '\0', 'a'.repeat(5_000)),
    )
    fc.assert(
      fc.property(anything, fc.uint8Array({ maxLength: 200 }), (text, bytes) => {
        expect(read(text)).toBeNull()
        expect(read(`fcn1.${text}`)).toBeNull()
        expect(read(`fcn1.${Buffer.from(bytes).toString('base64url')}`)).toBeNull()
      }),
    )
  })

  it('leaves out addresses that are none, and what is more than six or does not fit', () => {
    const many = Array.from({ length: 9 }, (_, index) => `10.0.0.${index}:3000`)
    expect(parseInvite(writeInvite({ ...invitation, addresses: ['user@host:1', 'no port', ...many] }).text).addresses).toEqual(
      many.slice(0, 6),
    )
    const long = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `${letter.repeat(240)}:3000`)
    expect(parseInvite(writeInvite({ ...invitation, addresses: long }).text).addresses).toEqual(long.slice(0, 3))
  })
})
