import { describe, expect, it } from 'vitest'
import { memberStatement } from '../../../electron/agent/membership/member-record.ts'
import { describeSelf } from '../../../electron/agent/self-description.ts'
import { capabilityView, serviceView } from '../../fixtures/views.ts'
import { createMemorySharing } from '../../fakes/memory-sharing.ts'
import { createMemorySettings } from '../../fakes/memory-settings.ts'

const addresses = (
  place: { hosts: string[]; port: number | null },
  mapped: { host: string; port: number } | null,
  otherAddresses: string[] = [],
) =>
  describeSelf(
    {
      settings: createMemorySettings({ otherAddresses }),
      ...{
        capabilities: { list: () => [] },
        services: { list: () => [] },
        sharing: createMemorySharing(),
        metered: () => false,
        place: () => place,
        mapped: () => mapped,
        roles: () => ({}),
      },
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

  it('have the one that the router maps among those an invite has room for, and are no more than a record takes', () => {
    const hosts = Array.from({ length: 20 }, (_, index) => `10.1.0.${index + 1}`)
    const told = addresses({ hosts, port: 3000 }, { host: '11.22.33.1', port: 3000 })
    expect(told[0]).toBe('https://10.1.0.1:3000')
    expect(told.indexOf('https://11.22.33.1:3000')).toBe(5)
    expect(memberStatement.shape.addresses.safeParse(told).success).toBe(true)
    expect(memberStatement.shape.addresses.safeParse(addresses({ hosts, port: 3000 }, null)).success).toBe(true)
  })

  it('are none that nothing maps, and none while it does not listen', () => {
    expect(addresses({ hosts: ['10.1.0.2'], port: 3000 }, null)).toEqual(['https://10.1.0.2:3000'])
    expect(addresses({ hosts: ['10.1.0.2'], port: null }, null)).toEqual([])
  })

  it('have those that the user names among them, with this node’s port where none is named', () => {
    const hosts = Array.from({ length: 8 }, (_, index) => `10.1.0.${index + 1}`)
    const told = addresses({ hosts, port: 3001 }, null, ['home.example.org', '203.0.113.5:4000', '[2001:db8::5]'])
    expect(told.slice(2, 7)).toEqual([
      'https://10.1.0.3:3001',
      'https://home.example.org:3001',
      'https://203.0.113.5:4000',
      'https://[2001:db8::5]:3001',
      'https://10.1.0.4:3001',
    ])
    expect(addresses({ hosts, port: null }, null, ['home.example.org'])).toEqual([])
  })
})

describe('what a node says that it shares', () => {
  it('is paused, services and all, while it is, so that nobody asks for nothing', () => {
    const sharing = createMemorySharing()
    const describe = () =>
      describeSelf(
        {
          settings: createMemorySettings(),
          capabilities: { list: () => [capabilityView({ state: 'paused' })] },
          services: { list: () => [serviceView()] },
          ...{ sharing, metered: () => false, place: () => ({ hosts: [], port: null }), mapped: () => null, roles: () => ({}) },
        },
        { version: '0.1.0', os: 'Linux' },
      )
    expect(describe()).toMatchObject({ capabilities: [{ name: 'ai', state: 'paused' }], services: [{ id: 'wiki', status: 'active' }] })
    sharing.put('services', { why: 'person', until: null })
    expect(describe()).toMatchObject({ services: [{ id: 'wiki', status: 'paused' }] })
  })
})
