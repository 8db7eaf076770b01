import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSighting, readText } from '../../../../electron/agent/discovery/sighting.ts'
import { isPrivate } from '../../../../electron/agent/network/subnet.ts'
import { isForbiddenAddress } from '../../../../electron/agent/support/address-rules.ts'
import { announcementOf, heardOf, lan, strings, testIds } from '../../../fixtures/heard.ts'

const attic = announcementOf({ meshes: ['Maple Street'], isNew: false })

describe('a sighting', () => {
  it('is what the other node announced', () => {
    expect(readSighting(heardOf(attic), lan)).toEqual({
      id: testIds[0],
      instance: 'attic-nas (wdk5o4r)._freecompute._tcp.local',
      name: 'attic-nas',
      port: 3000,
      protocols: [1],
      meshes: ['Maple Street'],
      isNew: false,
      addresses: ['192.168.1.57'],
      source: '192.168.1.57',
    })
  })

  it('has the address it spoke from first, and others only of the same network', () => {
    const addresses = ['192.168.1.57', '10.99.0.1', 'fd00::57', '2001:db8::57', '127.0.0.1', '169.254.169.254', 'fe80::57']
    expect(readSighting(heardOf(attic, { addresses }), lan)?.addresses).toEqual(['192.168.1.57', 'fd00::57'])
  })

  it('over a link-local source has the addresses it told, and without any that can be dialled is none', () => {
    expect(readSighting(heardOf(attic, { from: 'fe80::57%eth0', addresses: ['fd00::57'] }), lan)?.addresses).toEqual(['fd00::57'])
    expect(readSighting(heardOf(attic, { from: 'fe80::57%eth0', addresses: ['fe80::57'] }), lan)).toBeNull()
  })

  it('through a reflector has the address of the node, not of the router that carried it', () => {
    expect(readSighting(heardOf(attic, { from: '192.168.1.1', addresses: ['192.168.40.9', '8.8.8.8'] }), lan)?.addresses).toEqual([
      '192.168.40.9',
    ])
  })

  it('is nothing with an id that is none, of another version, without TLS, with a port that is none', () => {
    const heard = heardOf(attic)
    const withText = (more: Record<string, string>) => ({
      ...heard,
      rawTxt: strings({ ...Object.fromEntries(readText(heard.rawTxt)), ...more }),
    })
    expect(readSighting(withText({}), lan)).not.toBeNull()
    const wrong: Record<string, string>[] = [
      { id: 'K7QDM3X' },
      { id: testIds[0].replace('W', 'X') },
      { txtvers: '2' },
      { tls: '0' },
      { v: 'x' },
      { v: '' },
    ]
    for (const text of wrong) expect(readSighting(withText(text), lan), JSON.stringify(text)).toBeNull()
    for (const port of [0, 65_536, 1.5, '3000', null]) expect(readSighting({ ...heard, port }, lan)).toBeNull()
    expect(readSighting({ ...heard, fqdn: 'x._http._tcp.local' }, lan)).toBeNull()
  })

  it('has a plain name: control and direction characters are replaced by its id', () => {
    expect(readSighting(heardOf({ ...attic, name: 'x\u202etxt.exe' }), lan)?.name).toBe('WDK5O4R')
    expect(readSighting(heardOf({ ...attic, meshes: ['a\u0000b'] }), lan)?.meshes).toEqual([])
  })

  it('never throws and never gives more than it should, whatever is heard', () => {
    const anything = fc.record(
      {
        fqdn: fc.oneof(fc.string(), fc.constant('x._freecompute._tcp.local'), fc.anything()),
        port: fc.oneof(fc.integer(), fc.anything()),
        rawTxt: fc.oneof(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 40 }), fc.anything()),
        addresses: fc.oneof(fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string())), fc.anything()),
        referer: fc.oneof(fc.record({ address: fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()) }), fc.anything()),
      },
      { requiredKeys: [] },
    )
    fc.assert(fc.property(fc.oneof(anything, fc.anything()), (heard) => readSighting(heard, lan) === null))
    const addresses = fc.array(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), { maxLength: 32 })
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), addresses, (from, told) => {
        const sighting = readSighting(heardOf(attic, { from, addresses: told }), lan)
        expect(sighting?.addresses.length ?? 1).toBeLessThanOrEqual(4)
        expect(sighting?.addresses.filter((address) => address !== from && !isPrivate(address)) ?? []).toEqual([])
        expect(sighting?.addresses.filter(isForbiddenAddress) ?? []).toEqual([])
      }),
    )
  })
})

describe('TXT strings', () => {
  it('are a map, so that no key is special; the first of a key counts', () => {
    const texts = ['__proto__=x', 'constructor=y', 'ID=first', 'id=second', 'flag', '=nothing', 'a=b=c'].map((text) => Buffer.from(text))
    const read = readText(texts)
    expect([...read]).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['id', 'first'],
      ['a', 'b=c'],
    ])
    expect({}).not.toHaveProperty('x')
  })

  it('that are too long together are not read at all', () => {
    expect(readText(Array.from({ length: 20 }, (_, index) => Buffer.from(`${index}=${'x'.repeat(100)}`))).size).toBe(0)
  })
})
