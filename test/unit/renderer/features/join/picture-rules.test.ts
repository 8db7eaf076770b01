import { describe, expect, it } from 'vitest'
import { inviteIn, isPicture, pictureAmong, sidesToTry } from '../../../../../renderer/features/join/scan/picture-rules.ts'

describe('a picture of an invite', () => {
  it('is searched small first, then with every pixel, never larger than it is', () => {
    expect(sidesToTry({ width: 4_032, height: 3_024 })).toEqual([1_000, 2_400, 600])
    expect(sidesToTry({ width: 1_080, height: 1_920 })).toEqual([1_000, 1_920, 600])
    expect(sidesToTry({ width: 300, height: 300 })).toEqual([300])
  })

  it('is a drawing of pixels, not a document that looks like one', () => {
    expect(['image/png', 'image/jpeg', 'image/webp'].every((type) => isPicture({ type }))).toBe(true)
    expect(['image/svg+xml', 'text/html', 'application/pdf', ''].some((type) => isPicture({ type }))).toBe(false)
  })

  it('is found among what was pasted with it', () => {
    expect(pictureAmong([{ type: 'text/html' }, { type: 'image/png' }])).toEqual({ type: 'image/png' })
    expect(pictureAmong([{ type: 'text/plain' }])).toBeNull()
  })

  it('holds the invite as a link or as text, and nothing else is one', () => {
    expect(inviteIn(' fcn://join?i=fcn1.AbC-_9\n')).toBe('fcn://join?i=fcn1.AbC-_9')
    expect(inviteIn('fcn1.AbC')).toBe('fcn1.AbC')
    expect(
      ['https://example.org', 'fcn1.', 'fcn://join?i=javascript:x', 'WIFI:S:home;;', `fcn1.${'A'.repeat(3_000)}`].map(inviteIn),
    ).toEqual(Array.from({ length: 5 }, () => null))
  })
})
