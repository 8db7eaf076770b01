import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { syncSchema } from '../../../../../electron/agent/legacy/sync/sync-schema.ts'
import { createSyncTokenStore } from '../../../../../electron/agent/legacy/sync/sync-token-store.ts'
import { createSyncTokens } from '../../../../../electron/agent/legacy/sync/sync-tokens.ts'
import { syncToken } from '../../../../../electron/contract/hub-sync.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../../fakes/fake-random.ts'

function bench() {
  const database = new DatabaseSync(':memory:')
  database.exec(syncSchema)
  const [clock, random] = [createFakeClock(), createFakeRandom()]
  const open = () => createSyncTokens({ store: createSyncTokenStore(database), clock, random })
  return { database, clock, open, tokens: open() }
}

describe('sync tokens', () => {
  it('are known again after a restart, although only their hash is kept', () => {
    const { database, open, tokens } = bench()
    const { token, secret } = tokens.create('Grandma’s box')
    const kept = JSON.stringify(database.prepare('SELECT * FROM sync_tokens').all())
    expect(kept).toContain('Grandma’s box')
    expect(kept).not.toContain(secret.slice(8, 20))
    expect(JSON.stringify(tokens.list())).not.toContain('ash') // no hash either
    const again = open()
    expect(again.list()).toEqual([token])
    expect(again.use(secret, '192.168.1.9')).toMatchObject({ name: 'Grandma’s box' })
  })

  it('differ, and are one word that fits into a header', () => {
    const { tokens } = bench()
    const secrets = Array.from({ length: 20 }, () => tokens.create('x').secret)
    expect(new Set(secrets).size).toBe(20)
    for (const secret of secrets) {
      expect(secret).toMatch(/^fcnsync_[\w-]{43}$/u)
      expect(syncToken.parse(secret)).toBe(secret)
    }
  })

  it('tell when and from where they were used last', async () => {
    const { clock, open, tokens } = bench()
    const { token, secret } = tokens.create('box')
    expect(token).toMatchObject({ lastUsedAt: null, lastUsedFrom: null })
    tokens.use(secret, '192.168.1.9')
    await clock.advance(60_000)
    tokens.use(secret, '192.168.1.9')
    expect(tokens.list()).toMatchObject([{ lastUsedAt: clock.now(), lastUsedFrom: '192.168.1.9' }])
    tokens.use(secret, '192.168.1.10')
    expect(open().list()).toMatchObject([{ lastUsedAt: clock.now(), lastUsedFrom: '192.168.1.10' }])
  })

  it('stop working at once when they are taken back, and no other does', () => {
    const { open, tokens } = bench()
    const [box, nas] = [tokens.create('box'), tokens.create('nas')]
    expect(tokens.revoke(box.token.id).name).toBe('box')
    expect(tokens.use(box.secret, 'a')).toBeNull()
    expect(tokens.matches(box.secret)).toBe(false)
    expect(tokens.use(nas.secret, 'a')?.name).toBe('nas')
    expect(open().list().map(({ name }) => name)).toEqual(['nas']) // prettier-ignore
    expect(() => tokens.revoke(box.token.id)).toThrow(expect.objectContaining({ code: 'not_found' }) as Error)
  })

  it('do not take anything else for one of them', () => {
    const { tokens } = bench()
    const { secret } = tokens.create('box')
    for (const wrong of ['', 'x', secret.slice(0, -1), `${secret}x`, secret.toUpperCase()]) {
      expect(tokens.use(wrong, 'a')).toBeNull()
      expect(tokens.matches(wrong)).toBe(false)
    }
  })

  it('may be used a hundred times in 15 minutes, each by itself', async () => {
    const { clock, tokens } = bench()
    const [busy, quiet] = [tokens.create('busy').secret, tokens.create('quiet').secret]
    let used = 0
    for (let second = 0; second < 900; second++) {
      try {
        tokens.use(busy, 'a')
        used += 1
      } catch (error) {
        expect(error).toMatchObject({ code: 'too_many', details: { retryAfter: expect.any(Number) as number } })
      }
      await clock.advance(1_000)
    }
    expect(used).toBeGreaterThanOrEqual(100)
    expect(used).toBeLessThanOrEqual(131)
    expect(tokens.use(quiet, 'a')?.name).toBe('quiet')
  })

  it('are at most a hundred', () => {
    const { tokens } = bench()
    for (let index = 0; index < 100; index++) tokens.create('x')
    expect(() => tokens.create('x')).toThrow(expect.objectContaining({ code: 'too_many' }) as Error)
  })
})
