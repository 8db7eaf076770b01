import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { toFcnError } from '../../../electron/agent/errors.ts'

describe('an error', () => {
  it('of a full disk says so, whether a file or the database met it', () => {
    const database = new DatabaseSync(':memory:')
    database.exec('CREATE TABLE a (x); PRAGMA max_page_count = 2')
    let full: unknown
    try {
      database.prepare('INSERT INTO a VALUES (zeroblob(100000))').run()
    } catch (error) {
      full = error
    }
    const file = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
    for (const thrown of [full, file]) expect(toFcnError(thrown)).toMatchObject({ code: 'disk_full', exitCode: 74, cause: thrown })
  })

  it('that nobody foresaw tells strangers nothing', () => {
    expect(toFcnError(new Error('a password in it')).toFailure()).toEqual({
      code: 'internal',
      message: 'Something went wrong inside this node. Its log says more.',
    })
  })
})
