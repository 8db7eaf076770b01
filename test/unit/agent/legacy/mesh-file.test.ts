import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meshFile } from '../../../../electron/contract/mesh-file.ts'
import { buildMeshFile, mergeMeshFiles } from '../../../../electron/agent/legacy/mesh-file.ts'

const text = fc.string({ maxLength: 20 })
const isoTime = fc.integer({ min: 0, max: 4e12 }).map((time) => new Date(time).toISOString())
const unknownFields = fc.dictionary(fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'x-note')), fc.jsonValue(), { maxKeys: 3 })
const withUnknown = <T extends object>(known: fc.Arbitrary<T>) =>
  fc.tuple(unknownFields, known).map(([extra, fields]) => ({ ...extra, ...fields }))
const node = withUnknown(
  fc.record(
    {
      id: fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'),
      name: text,
      url: fc.constantFrom('http://a:3000', 'http://a:3000/', 'http://b:3000'),
      capabilities: fc.oneof(text, fc.array(text, { maxLength: 3 })),
      lastSeen: isoTime,
    },
    { requiredKeys: ['id', 'name'] },
  ),
)
const file = withUnknown(
  fc.record(
    {
      meshName: text,
      nodes: fc.array(node, { maxLength: 5 }),
      routes: fc.array(
        withUnknown(fc.record({ source: fc.constantFrom('a', 'b'), target: fc.constantFrom('a', 'b'), latency: fc.nat() })),
        {
          maxLength: 4,
        },
      ),
      policies: fc.record({ storage: withUnknown(fc.record({ replication: fc.nat(9) })), ai: fc.jsonValue() }, { requiredKeys: [] }),
    },
    { requiredKeys: ['nodes'] },
  ),
).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const parsedFile = file.filter((value) => meshFile.safeParse(value).success).map((value) => meshFile.parse(value))

describe('merging mesh.json', () => {
  it('changes nothing when merged with itself', () => {
    fc.assert(
      fc.property(parsedFile, (a) => {
        const once = mergeMeshFiles(a, a)
        expect(mergeMeshFiles(once, once)).toEqual(once)
        expect(mergeMeshFiles(once, a)).toEqual(once)
      }),
    )
  })

  it('loses no field that only one of the two has', () => {
    fc.assert(
      fc.property(parsedFile, parsedFile, (a, b) => {
        const merged = mergeMeshFiles(a, b)
        const names = new Set([...Object.keys(a), ...Object.keys(b)])
        names.delete('__proto__')
        expect([...names].filter((name) => !Object.hasOwn(merged, name))).toEqual([])
      }),
    )
  })

  it('knows each node once, and always gives a valid file', () => {
    fc.assert(
      fc.property(parsedFile, parsedFile, (a, b) => {
        const merged = mergeMeshFiles(a, b)
        const ids = merged.nodes.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        expect(meshFile.safeParse(JSON.parse(JSON.stringify(merged))).success).toBe(true)
      }),
    )
  })

  it('never touches prototypes', () => {
    const hostile = meshFile.parse(
      JSON.parse('{"nodes":[{"id":"__proto__","name":"x","__proto__":{"polluted":1}}],"policies":{"__proto__":{"polluted":1}}}'),
    )
    const merged = mergeMeshFiles(hostile, hostile)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
    expect(Object.getPrototypeOf(merged.policies)).toBe(Object.prototype)
  })

  it('takes the view of a node that is newer, and keeps what only the older one said', () => {
    const older = { id: 'a', name: 'old name', rack: 3, lastSeen: '2026-01-01T00:00:00.000Z' }
    const newer = { id: 'a', name: 'new name', lastSeen: '2026-01-02T00:00:00.000Z' }
    const expected = [{ id: 'a', name: 'new name', rack: 3, lastSeen: newer.lastSeen }]
    expect(mergeMeshFiles({ nodes: [older] }, { nodes: [newer] }).nodes).toEqual(expected)
    expect(mergeMeshFiles({ nodes: [newer] }, { nodes: [older] }).nodes).toEqual(expected)
  })

  it('recognizes a node by its URL when it comes under another id', () => {
    const merged = mergeMeshFiles(
      { nodes: [{ id: 'nas', name: 'nas', url: 'http://nas:3000', note: 'attic' }] },
      { nodes: [{ id: 'http://nas:3000', name: 'NAS', url: 'http://nas:3000/' }] },
    )
    expect(merged.nodes).toEqual([{ id: 'nas', name: 'NAS', url: 'http://nas:3000/', note: 'attic' }])
  })

  it('stays within a thousand nodes', () => {
    const many = (prefix: string) => ({ nodes: Array.from({ length: 1000 }, (_, index) => ({ id: `${prefix}${index}`, name: 'n' })) })
    expect(mergeMeshFiles(many('a'), many('b')).nodes).toHaveLength(1000)
  })
})

describe('the file that is handed out', () => {
  it('has the parts that readers expect, and keeps the mesh’s own name', () => {
    const built = buildMeshFile({ nodes: [], meshName: 'Ours', note: 'x' }, { meshName: 'Other', nodes: [] }, Date.parse('2026-01-01'))
    expect(built).toEqual({
      meshName: 'Ours',
      meshVersion: '0.1.0',
      lastUpdated: '2026-01-01T00:00:00.000Z',
      note: 'x',
      nodes: [],
      routes: [],
      policies: {},
    })
  })
})
