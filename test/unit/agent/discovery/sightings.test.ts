import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Sighting } from '../../../../electron/agent/discovery/sighting.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createSightings } from '../../../../electron/agent/discovery/sightings.ts'

const sighting = (id: string, more: Partial<Sighting> = {}): Sighting => ({
  ...{ id, instance: `${id}._freecompute._tcp.local`, name: id, port: 3000, protocols: [1], meshes: [], isNew: false },
  ...{ addresses: ['192.168.1.57'], source: '192.168.1.57', ...more },
})
const wired = { link: 'eth0 IPv4', interface: 'eth0', at: 1 }
const wired6 = { link: 'eth0 IPv6', interface: 'eth0', at: 2 }
const source = '192.168.1.57'
const nothing = { news: false, moved: false }

describe('sightings', () => {
  it('of one node on several links are one node with several places', () => {
    const seen = createSightings()
    expect(seen.heard(sighting('a'), wired)).toEqual({ news: true, moved: false })
    expect(seen.heard(sighting('a', { source: 'fe80::57', addresses: ['fd00::57'] }), wired6)).toEqual({ news: true, moved: true })
    expect(seen.list().map(({ id, places }) => [id, places.length])).toEqual([['a', 2]])
  })

  it('are news only when what is shown changes', () => {
    const seen = createSightings()
    seen.heard(sighting('a'), wired)
    expect(seen.heard(sighting('a'), { ...wired, at: 99 })).toEqual(nothing)
    expect(seen.heard(sighting('a', { name: 'b' }), wired).news).toBe(true)
    expect(seen.heard(sighting('a', { name: 'b', port: 3001 }), wired).news).toBe(true)
    expect(seen.list()[0]?.places[0]?.since).toBe(1)
  })

  it('end with a goodbye from there, and others stay', () => {
    const seen = createSightings()
    seen.heard(sighting('a'), wired)
    seen.heard(sighting('a'), wired6)
    expect(seen.gone('a._freecompute._tcp.local', { ...wired, source })).toBe(true)
    expect(seen.list()[0]?.places).toHaveLength(1)
    expect(seen.gone('b._freecompute._tcp.local', { ...wired6, source })).toBe(false)
    expect(seen.gone('a._freecompute._tcp.local', { ...wired6, source: '192.168.1.58' })).toBe(false)
    expect(seen.gone('a._freecompute._tcp.local', { ...wired6, source })).toBe(true)
    expect(seen.list()).toEqual([])
  })

  it('end when four questions stay without answer, and not when one of them is answered', () => {
    const seen = createSightings()
    seen.heard(sighting('dead'), wired)
    seen.heard(sighting('alive'), wired)
    for (let question = 0; question < 8; question += 1) {
      expect(seen.asking(wired.link)).toBe(false)
      expect(seen.isWaiting()).toBe(true)
      if (question === 2) seen.heard(sighting('alive'), wired)
    }
    expect(seen.asking(wired.link)).toBe(true)
    expect(seen.list().map(({ id }) => id)).toEqual(['alive'])
  })

  it('of an address that is gone end, while the node stays at its new one', () => {
    const seen = createSightings()
    seen.heard(sighting('a'), wired)
    for (let question = 0; question < 9; question += 1) {
      seen.asking(wired.link)
      seen.heard(sighting('a', { source: '192.168.1.90', addresses: ['192.168.1.90'] }), wired)
    }
    expect(seen.list().map(({ places }) => places.map(({ source }) => source))).toEqual([['192.168.1.90']])
  })

  it('of a live node on a link that loses one packet in five stay nearly all the time', () => {
    const random = createFakeRandom(7)
    const seen = createSightings()
    const arrives = () => random.fraction() >= 0.2
    let visible = 0
    const questions = 10_000
    for (let question = 0; question < questions; question += 1) {
      seen.asking(wired.link)
      if (arrives() && arrives()) seen.heard(sighting('a'), wired)
      visible += seen.list().length
    }
    expect(visible / questions).toBeGreaterThan(0.999)
  })

  it('end with their link', () => {
    const seen = createSightings()
    seen.heard(sighting('a'), wired)
    expect(seen.closed(wired.link)).toBe(true)
    expect(seen.list()).toEqual([])
  })

  it('stay bounded in a flood: few from one sender, some hundred from all, and real ones that were there stay', () => {
    const seen = createSightings()
    seen.heard(sighting('real', { source: '192.168.1.9' }), wired)
    for (let index = 0; index < 5_000; index += 1) seen.heard(sighting(`fake-${index}`), wired)
    expect(seen.list()).toHaveLength(9)
    for (let index = 0; index < 5_000; index += 1) seen.heard(sighting(`more-${index}`, { source: `10.0.${index % 250}.1` }), wired)
    expect(seen.list()).toHaveLength(256)
    for (let index = 0; index < 100; index += 1) seen.heard(sighting('real', { source: `192.168.1.${index}` }), wired)
    expect(seen.list().find(({ id }) => id === 'real')?.places).toHaveLength(8)
  })

  it('are never more than allowed and never twice the same, whatever is heard in whatever order', () => {
    const step = fc.record({
      what: fc.constantFrom('heard', 'gone', 'asking', 'closed'),
      id: fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'),
      link: fc.constantFrom('x', 'y'),
      source: fc.constantFrom('1', '2', '3'),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const seen = createSightings()
        for (const { what, id, link, source } of steps) {
          if (what === 'heard') seen.heard(sighting(id, { source }), { link, interface: link, at: 0 })
          else if (what === 'gone') seen.gone(sighting(id).instance, { link, source })
          else seen[what](link)
        }
        const list = seen.list()
        expect(new Set(list.map(({ id }) => id)).size).toBe(list.length)
        for (const { places } of list) {
          expect(places.length).toBeGreaterThan(0)
          expect(new Set(places.map(({ link, source }) => `${link} ${source}`)).size).toBe(places.length)
        }
      }),
    )
  })
})
