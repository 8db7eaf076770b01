import { describe, expect, it } from 'vitest'
import { entryIds } from '../../../../../renderer/features/settings/entries.ts'
import { byGroup, findEntries, folded } from '../../../../../renderer/features/settings/search.ts'
import { settings } from '../../../../../renderer/i18n/en/settings.ts'
import { settingsFind } from '../../../../../renderer/i18n/en/settings-find.ts'

const titles: Record<string, string> = { port: `${settings.port} ${settings.portHelp}`, theme: settings.theme, key: settings.key }
const textsOf = (id: keyof typeof settingsFind.words) => [titles[id] ?? '', settingsFind.words[id]]

describe('searching the settings', () => {
  it('finds by title, by help and by other words for it', () => {
    expect(findEntries('Appearance', textsOf)).toEqual(['theme'])
    expect(findEntries('one that is free', textsOf)).toEqual(['port'])
    expect(findEntries('upnp', textsOf)).toEqual(['portMapping'])
    expect(findEntries('password', textsOf)).toEqual(['key'])
  })

  it('wants every word, in any order and case, also as a part, without accents', () => {
    expect(findEntries('  MODE dark ', textsOf)).toEqual(['theme'])
    expect(findEntries('mode upnp', textsOf)).toEqual([])
    expect(findEntries('espanol', textsOf)).toEqual(['language'])
    expect(folded('Äpfel ÉTÉ')).toBe('apfel ete')
  })

  it('shows everything for nothing, and nothing for what fits nowhere', () => {
    expect(findEntries('   ', textsOf)).toEqual(entryIds)
    expect(findEntries('zzz', textsOf)).toEqual([])
    expect(byGroup([])).toEqual([])
  })

  it('keeps what was found under its group, in the order of the screen', () => {
    expect(byGroup(findEntries('mdns', textsOf)).map(({ group }) => group)).toEqual(['discovery'])
    expect(byGroup(['name', 'port', 'host'])).toEqual([
      { group: 'general', ids: ['name'] },
      { group: 'network', ids: ['port', 'host'] },
    ])
  })
})
