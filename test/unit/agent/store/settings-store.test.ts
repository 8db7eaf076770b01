import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Conf from 'conf'
import { describe, expect, it } from 'vitest'
import type { SettingsChange } from '../../../../electron/contract/settings.ts'
import { openSettingsStore } from '../../../../electron/agent/store/settings-store.ts'
import { settings } from '../../../../electron/contract/settings.ts'
import { tempDir } from '../../../fakes/temp-dir.ts'

const open = (dir: string) => openSettingsStore(dir, { name: 'this computer' }, Conf)

/** What a file says, without the version that the store class stamps into a file it can parse. */
const valuesOf = (text: string): unknown => {
  try {
    const { __internal__: _stamp, ...values } = JSON.parse(text) as Record<string, unknown>
    return values
  } catch {
    return text
  }
}

describe('settings store', () => {
  it('starts with defaults and keeps what was changed', () => {
    const dir = tempDir()
    expect(open(dir).get()).toEqual(settings.parse({ name: 'this computer' }))
    open(dir).update({ name: 'attic', port: 3005 })
    expect(open(dir).get()).toMatchObject({ name: 'attic', port: 3005 })
  })

  it('takes a choice back with null', () => {
    const dir = tempDir()
    open(dir).update({ port: 3005 })
    open(dir).update({ port: null })
    expect(open(dir).get()).not.toHaveProperty('port')
  })

  it('announces the old and the new values', () => {
    const store = open(tempDir())
    const seen: unknown[] = []
    store.changed.subscribe(({ previous, current }) => seen.push([previous.name, current.name]))
    store.update({ name: 'attic' })
    expect(seen).toEqual([['this computer', 'attic']])
  })

  it.each([
    [{ name: '' }],
    [{ name: 'x'.repeat(65) }],
    [{ name: 'a\u202eb' }],
    [{ port: 0 }],
    [{ port: 65536 }],
    [{ port: '3000' }],
    [{ theme: 'pink' }],
    [{ host: 'example.org' }],
    [{ surprise: true }],
  ])('refuses %j and changes nothing', (change) => {
    const dir = tempDir()
    const store = open(dir)
    store.update({ port: 3005 })
    const before = readFileSync(join(dir, 'settings.json'), 'utf8')
    expect(() => store.update(change as SettingsChange)).toThrow(expect.objectContaining({ code: 'invalid_input' }))
    expect(store.get().port).toBe(3005)
    expect(readFileSync(join(dir, 'settings.json'), 'utf8')).toBe(before)
  })

  it.each(['', '{', '[1', '{"name": 5}', '{"port": "x"}'])('stops on a file that reads %j, names it, and keeps what it says', (text) => {
    const dir = tempDir()
    const file = join(dir, 'settings.json')
    writeFileSync(file, text)
    expect(() => open(dir)).toThrow(
      expect.objectContaining({ code: 'unreadable_settings', exitCode: 78, message: expect.stringContaining(file) as string }),
    )
    expect(valuesOf(readFileSync(file, 'utf8'))).toEqual(valuesOf(text))
  })

  it('keeps fields it does not know', () => {
    const dir = tempDir()
    writeFileSync(join(dir, 'settings.json'), '{"future": 1}')
    open(dir).update({ name: 'attic' })
    expect(JSON.parse(readFileSync(join(dir, 'settings.json'), 'utf8'))).toMatchObject({ future: 1, name: 'attic' })
  })

  it.skipIf(process.platform === 'win32')('writes a file only its owner can read', () => {
    const dir = tempDir()
    open(dir).update({ name: 'attic' })
    expect(statSync(join(dir, 'settings.json')).mode & 0o777).toBe(0o600)
  })
})
