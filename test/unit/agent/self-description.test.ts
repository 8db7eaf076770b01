import { describe, expect, it } from 'vitest'
import { describeSelf } from '../../../electron/agent/self-description.ts'
import { createMemorySettings } from '../../fakes/memory-settings.ts'

const addresses = (place: { hosts: string[]; port: number | null }, mapped: { host: string; port: number } | null) =>
  describeSelf(
    {
      settings: createMemorySettings(),
      ...{ capabilities: { list: () => [] }, services: { list: () => [] }, metered: () => false, place: () => place, mapped: () => mapped },
    },
    { version: '0.1.0', os: 'Linux' },
  ).addresses

describe('the addresses a node tells of itself', () => {
  it('are those of its interfaces, then the one its router maps', () => {
    expect(addresses({ hosts: ['10.1.0.2', 'fd00::2'], port: 3000 }, { host: '11.22.33.1', port: 40_000 })).toEqual([
      'https://10.1.0.2:3000',
      'https://[fd00::2]:3000',
      'https://11.22.33.1:40000',
    ])
  })

  it('are none that nothing maps, and none while it does not listen', () => {
    expect(addresses({ hosts: ['10.1.0.2'], port: 3000 }, null)).toEqual(['https://10.1.0.2:3000'])
    expect(addresses({ hosts: ['10.1.0.2'], port: null }, null)).toEqual([])
  })
})
