import { describe, expect, it } from 'vitest'
import { settings } from '../../../../../electron/contract/settings.ts'
import { entries, entryIds, groupIds, settingsOf, shownElsewhere } from '../../../../../renderer/features/settings/entries.ts'

const keys = settings.keyof().options

describe('the settings screen', () => {
  it('shows every setting of the contract once, or says where else it is changed', () => {
    const shown = entryIds.flatMap((id) => [...entries[id].settings])
    for (const key of keys) {
      const times = shown.filter((each) => each === key).length + (shownElsewhere[key] === undefined ? 0 : 1)
      expect([key, times], 'add the setting to entries.ts, or to shownElsewhere with where it is').toEqual([key, 1])
    }
  })

  it('has no group without entries, and every group its settings', () => {
    expect(new Set(entryIds.map((id) => entries[id].group))).toEqual(new Set(groupIds))
    expect(settingsOf('records')).toEqual(['auditDays', 'auditEntries'])
    expect(groupIds.flatMap(settingsOf).toSorted()).toEqual(keys.filter((key) => shownElsewhere[key] === undefined).toSorted())
  })
})
