import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { instanceName, textOf } from '../../../../electron/agent/discovery/announcement.ts'
import { readText } from '../../../../electron/agent/discovery/sighting.ts'
import { displayName } from '../../../../electron/contract/settings.ts'
import { announcementOf, strings, testIds } from '../../../fixtures/heard.ts'

const anyName = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 64 }).filter((name) => displayName.safeParse(name).success)

describe('an announcement', () => {
  it('has a name that no other node has, with every name of a computer: two of one name never fight', () => {
    const [first, second] = testIds.map((id) => instanceName({ id, name: 'raspberrypi' }))
    expect(first).toBe('raspberrypi (WDK5O4R)')
    expect(second).not.toBe(first)
  })

  it('fits into a DNS label without dots, whatever the computer is called', () => {
    fc.assert(
      fc.property(anyName, (name) => {
        const instance = instanceName({ id: testIds[0], name })
        expect(Buffer.byteLength(instance)).toBeLessThanOrEqual(63)
        expect(instance).not.toContain('.')
        expect(instance.endsWith('(WDK5O4R)')).toBe(true)
      }),
    )
  })

  it('fits into one Ethernet frame and each of its texts into 255 bytes', () => {
    fc.assert(
      fc.property(anyName, fc.array(anyName, { maxLength: 12 }), (name, meshes) => {
        const texts = strings(textOf(announcementOf({ name, meshes })))
        expect(Math.max(...texts.map(({ length }) => length))).toBeLessThanOrEqual(255)
        expect(texts.reduce((sum, { length }) => sum + length + 1, 0)).toBeLessThan(1_100)
      }),
    )
  })

  it('tells no mesh by itself', () => {
    expect(Object.keys(textOf(announcementOf({ isNew: false })))).not.toContain('mesh')
    const told = readText(strings(textOf(announcementOf({ meshes: ['Maple Street', 'Film club'] }))))
    expect([told.get('mesh'), told.get('mesh2')]).toEqual(['Maple Street', 'Film club'])
  })
})
