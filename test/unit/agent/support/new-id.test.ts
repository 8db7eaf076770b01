import { expect, it } from 'vitest'
import { newId } from '../../../../electron/agent/support/new-id.ts'
import { systemRandom } from '../../../../electron/agent/support/random.ts'

it('is never taken for an option by the CLI, and never met twice', () => {
  const ids = Array.from({ length: 1_000 }, () => newId(systemRandom))
  expect(ids.every((id) => /^[0-9a-f]{18}$/u.test(id))).toBe(true)
  expect(new Set(ids).size).toBe(ids.length)
})
