import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '../..')
const table = 'test/e2e/window/stories/README.md'

/** Rows of the tables: a file of tests, and a part of the title of one of its tests. */
const rows = readFileSync(join(root, table), 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, , file, title] = /^\|([^|]*)\| `([^`]+)` \| (.+) \|$/u.exec(line) ?? []
    return file === undefined || title === undefined ? [] : [{ file, title }]
  })

describe('the table of user stories', () => {
  it('names a test for each of the eight stories', () => {
    const text = readFileSync(join(root, table), 'utf8')
    for (let story = 1; story <= 8; story++) expect(text, `story ${story}`).toContain(`\n| ${story}. `)
    expect(rows.length).toBeGreaterThan(30)
  })

  it('names only tests that are there', () => {
    const missing = rows.filter(({ file, title }) => {
      const path = join(root, file)
      return !existsSync(path) || !readFileSync(path, 'utf8').includes(title)
    })
    expect(missing, 'a test was renamed or removed: show the story by another one, and name that').toEqual([])
  })
})
