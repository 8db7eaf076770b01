import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readKeyForm, wrappedText } from '../../../../electron/agent/identity/key-form.ts'

const id = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ'

describe('the form of a wrapped key', () => {
  it('is exactly this', () => {
    const sealed = Uint8Array.from({ length: 50 }, (_, index) => index)
    expect(wrappedText({ backend: 'kwallet6', id, sealed })).toBe(
      `fcn-wrapped-key 1 kwallet6 ${id}\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v\nMDE=\n`,
    )
  })

  it('is read back as it was written', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 600 }), (sealed) => {
        const form = readKeyForm(wrappedText({ backend: 'dpapi', id, sealed }))
        expect(form).toEqual({ kind: 'wrapped', backend: 'dpapi', id, sealed: Buffer.from(sealed) })
      }),
    )
  })

  it('is not seen in any other text', () => {
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => readKeyForm(text).kind === 'unknown'))
    const good = wrappedText({ backend: 'dpapi', id, sealed: new Uint8Array(40) })
    for (const text of [
      good.trimEnd(),
      good.replace('\n', '\r\n'),
      ` ${good}`,
      good.replace('dpapi', 'DPAPI'),
      good.split('\n')[0] ?? '',
      `${good}!`,
    ]) {
      expect(readKeyForm(text).kind).toBe('unknown')
    }
    expect(readKeyForm(good.replace(' 1 ', ' 2 ')).kind).toBe('newer')
  })
})
