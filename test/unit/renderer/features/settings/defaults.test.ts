import { describe, expect, it } from 'vitest'
import { type Settings, type SettingsChange, settings, settingsChange, usuallyIgnored } from '../../../../../electron/contract/settings.ts'
import { changedFromDefault, defaultOf, toDefaults, undoOf } from '../../../../../renderer/features/settings/defaults.ts'

const fresh = settings.parse({ name: 'attic' })
const all = settings.keyof().options
/** As the node applies a change. */
const applied = (before: Settings, change: object): Settings =>
  settings.parse(Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null)))

const changed = applied(fresh, {
  ...{ name: 'cellar', port: 4000, host: '127.0.0.1', theme: 'dark', logLevel: 'debug', encryptedPeersOnly: true, auditDays: 30 },
  ...{ beSeen: false, ignoredInterfaces: ['eth1'], metered: 'yes', otherAddresses: ['home.example:3000'] },
})

describe('defaults', () => {
  it('nothing of a new node differs from them, whatever its name and the order of lists', () => {
    expect(changedFromDefault(fresh, all)).toEqual([])
    expect(changedFromDefault({ ...fresh, ignoredInterfaces: usuallyIgnored.toReversed() }, all)).toEqual([])
  })

  it('name exactly what was changed', () => {
    expect(changedFromDefault(changed, all).toSorted()).toEqual(
      [
        'auditDays',
        'beSeen',
        'encryptedPeersOnly',
        'host',
        'ignoredInterfaces',
        'logLevel',
        'metered',
        'otherAddresses',
        'port',
        'theme',
      ].toSorted(),
    )
    expect(changedFromDefault(changed, ['beSeen', 'lookAround'])).toEqual(['beSeen'])
  })

  it('are reached again by one change that the node takes, which leaves the name alone', () => {
    const change = settingsChange.parse(toDefaults(all))
    expect(change).not.toHaveProperty('name')
    expect(applied(changed, change)).toEqual({ ...fresh, name: 'cellar' })
  })

  it('are known for each setting, and are nothing where the node chooses', () => {
    expect(defaultOf('auditDays')).toBe(365)
    expect(defaultOf('port')).toBeUndefined()
    expect(defaultOf('name')).toBeUndefined()
  })
})

describe('undo', () => {
  it('brings back what was there before, choices and their absence alike', () => {
    const cases: [Settings, SettingsChange][] = [
      [fresh, { port: 4000, theme: 'dark', ignoredInterfaces: ['eth1'] }],
      [changed, toDefaults(all)],
      [changed, { name: 'shed', port: null, otherAddresses: [] }],
    ]
    for (const [before, change] of cases) {
      const undo = settingsChange.parse(undoOf(change, before))
      expect(applied(applied(before, change), undo)).toEqual(before)
    }
  })

  it('touches nothing that the change did not', () => {
    expect(Object.keys(undoOf({ beSeen: true }, changed))).toEqual(['beSeen'])
  })
})
