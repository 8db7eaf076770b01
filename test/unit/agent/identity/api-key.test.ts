import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createApiKey } from '../../../../electron/agent/identity/api-key.ts'
import { createMetaStore, metaSchema } from '../../../../electron/agent/store/meta-store.ts'
import { systemRandom } from '../../../../electron/agent/support/random.ts'

const setUp = () => {
  const database = new DatabaseSync(':memory:')
  database.exec(metaSchema)
  return { meta: createMetaStore(database), random: systemRandom }
}

describe('api key', () => {
  it('is generated, long, and kept', () => {
    const components = setUp()
    const key = createApiKey(components).current()
    expect(key).toMatch(/^[A-Za-z0-9_-]{32}$/)
    expect(createApiKey(components).current()).toBe(key)
  })

  it('matches only itself', () => {
    const apiKey = createApiKey(setUp())
    expect(apiKey.matches(apiKey.current())).toBe(true)
    for (const wrong of ['', 'change_this_key', apiKey.current().slice(1), `${apiKey.current()}x`])
      expect(apiKey.matches(wrong)).toBe(false)
  })

  it('ends the old key when rotated', () => {
    const apiKey = createApiKey(setUp())
    const old = apiKey.current()
    const next = apiKey.rotate()
    expect(apiKey.matches(old)).toBe(false)
    expect(apiKey.matches(next)).toBe(true)
  })
})
