import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../../../electron/agent/store/database.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

const migrations = ['CREATE TABLE a (x)', 'ALTER TABLE a ADD COLUMN y']

const open = (file: string, steps: readonly string[] = migrations) => {
  const database = openDatabase(file, steps)
  onTestFinished(() => {
    if (database.isOpen) database.close()
  })
  return database
}

describe('database', () => {
  it.skipIf(process.platform === 'win32')('is readable by its owner only', () => {
    const file = join(tempDir(), 'node.db')
    open(file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('runs each migration once', () => {
    const file = join(tempDir(), 'node.db')
    const first = open(file, migrations.slice(0, 1))
    first.exec('INSERT INTO a (x) VALUES (1)')
    first.close()
    const second = open(file)
    expect(second.prepare('SELECT x, y FROM a').all()).toEqual([expect.objectContaining({ x: 1, y: null })])
    second.close()
    expect(open(file).prepare('SELECT count(*) AS n FROM a').get()).toMatchObject({ n: 1 })
  })

  it('rolls a failing migration back', () => {
    const file = join(tempDir(), 'node.db')
    expect(() => open(file, ['CREATE TABLE a (x); CREATE TABLE a (x)'])).toThrow('cannot be read')
    expect(open(file).prepare('SELECT count(*) AS n FROM a').get()).toMatchObject({ n: 0 })
  })

  it('keeps a second node off the folder, and says so', () => {
    const file = join(tempDir(), 'node.db')
    const first = open(file)
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'already_running', exitCode: 69 }))
    first.close()
    expect(open(file).isOpen).toBe(true)
  })

  it.each([
    ['no database', Buffer.from('this is not a database, it only pretends to be one for a hundred bytes and some more of them, at least')],
    ['cut off', Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(20)])],
  ])('refuses a file that is %s and leaves it alone', (_, content) => {
    const file = join(tempDir(), 'node.db')
    writeFileSync(file, content)
    expect(() => open(file)).toThrow(
      expect.objectContaining({ code: 'unreadable_database', exitCode: 78, message: expect.stringContaining(file) as string }),
    )
    expect(readFileSync(file)).toEqual(content)
  })

  it('refuses a database of a newer program', () => {
    const file = join(tempDir(), 'node.db')
    open(file, [...migrations, 'CREATE TABLE b (x)']).close()
    expect(() => open(file)).toThrow('newer version')
  })
})
