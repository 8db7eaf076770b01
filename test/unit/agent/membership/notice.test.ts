import { describe, expect, it } from 'vitest'
import { boundedBook, counts, messageful, type Notice } from '../../../../electron/agent/membership/notice.ts'
import { judge } from '../../../../electron/agent/membership/standing.ts'
import { maxNotices, maxNoticesPerMessage } from '../../../../electron/agent/protocol/messages.ts'
import { createTestEvidence, evidence } from '../../../fakes/test-evidence.ts'

const { admin, admit, revoke, name } = createTestEvidence()
const founder = admin([], 'founder')
const rogue = admin(founder, 'rogue')

const noticeOf = (content: Notice['content'], id: string): Notice => ({ id, text: id, content })
const bookOf = (notices: Notice[]) => new Map(notices.map((notice) => [notice.id, notice]))
const judgementOf = (notices: Notice[]) =>
  judge(
    evidence({
      chains: notices.flatMap(({ content }) => (content.kind === 'admission' ? [content.chain] : [])),
      revocations: notices.flatMap(({ content }) => (content.kind === 'revocation' ? [content] : [])),
      statements: notices.flatMap(({ content }) => (content.kind === 'mesh' ? [content] : [])),
    }),
  )

describe('notices', () => {
  it('of a flood keep those of the more senior', () => {
    const flood = Array.from({ length: maxNotices + 10 }, (_, i) => noticeOf(revoke(rogue, `n${i}`), `a${i}`))
    const word = noticeOf(revoke(founder, 'someone'), 'z')
    const kept = boundedBook(bookOf([...flood, word]), judgementOf([...flood, word]))
    expect(kept.size).toBe(maxNotices)
    expect(kept.has('z')).toBe(true)
  })

  it('that do not count are few, so that the flood of a removed admin goes', () => {
    const flood = Array.from({ length: maxNotices }, (_, i) => noticeOf(revoke(rogue, `n${i}`), `a${i}`))
    const all = [...flood, noticeOf(revoke(founder, 'rogue'), 'z')]
    const kept = boundedBook(bookOf(all), judgementOf(all))
    expect(kept.has('z')).toBe(true)
    expect(kept.size).toBeLessThan(300)
  })

  it('count while they change something: the newest name, and what its signer could sign', () => {
    const notices = [
      noticeOf(name(founder, 'Old', 1), 'old'),
      noticeOf(name(founder, 'New', 2), 'new'),
      noticeOf({ kind: 'admission', chain: admit(rogue, 'puppet') }, 'puppet'),
      noticeOf(revoke(founder, 'rogue'), 'removal'),
    ]
    const judgement = judgementOf(notices)
    expect(notices.filter((notice) => counts(notice, judgement)).map(({ id }) => id)).toEqual(['new', 'removal'])
  })

  it('travel new roles first, as many as fit', () => {
    const removals = Array.from({ length: maxNoticesPerMessage }, (_, i) => noticeOf(revoke(founder, `n${i}`), `a${i}`))
    const texts = messageful([...removals, noticeOf({ kind: 'admission', chain: rogue }, 'role')])
    expect(texts).toHaveLength(maxNoticesPerMessage)
    expect(texts[0]).toBe('role')
  })
})
