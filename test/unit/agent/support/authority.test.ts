import { describe, expect, it } from 'vitest'
import { authority, doorOf, hostOf, portOf } from '../../../../electron/agent/support/authority.ts'

describe('host and port', () => {
  it('are joined with the brackets that IPv6 needs, and read back without them', () => {
    expect(authority('10.0.0.1', 3000)).toBe('10.0.0.1:3000')
    expect(authority('::1', 3000)).toBe('[::1]:3000')
    expect(hostOf(new URL('http://[::1]:3000'))).toBe('::1')
    expect(hostOf(new URL('http://nas.local'))).toBe('nas.local')
  })

  it('lead to a door where nothing has to be looked up first', () => {
    expect(doorOf(new URL('https://[fd00::7]:3000/x'))).toEqual({ host: 'fd00::7', port: 3000 })
    expect(doorOf(new URL('http://192.0.2.7'))).toEqual({ host: '192.0.2.7', port: 80 })
    expect(doorOf(new URL('http://nas.local:3000'))).toBeNull()
  })

  it('are complete where a URL leaves the port out', () => {
    expect(['http://nas', 'https://nas', 'http://nas:443', 'https://nas:80'].map((url) => portOf(new URL(url)))).toEqual([80, 443, 443, 80])
  })
})
