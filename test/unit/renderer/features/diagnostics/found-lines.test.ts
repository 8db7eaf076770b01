import { describe, expect, it } from 'vitest'
import { countFound, pieces } from '../../../../../renderer/features/diagnostics/found-lines.ts'

describe('what is searched for in a text', () => {
  it('is marked wherever it stands, and nothing of the line is lost', () => {
    expect(pieces('Peer: peer-a', 'PEER')).toEqual([
      { text: 'Peer', fits: true },
      { text: ': ', fits: false },
      { text: 'peer', fits: true },
      { text: '-a', fits: false },
    ])
    for (const line of ['', 'none', 'aaa', 'İstanbul peer'])
      expect(
        pieces(line, 'a')
          .map(({ text }) => text)
          .join(''),
      ).toBe(line)
  })

  it('is counted by lines', () => {
    expect(countFound('a b\nA\nc', 'a')).toBe(2)
    expect(countFound('a', '')).toBe(0)
  })
})
