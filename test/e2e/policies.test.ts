import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PolicyView } from '../../electron/contract/routing.ts'
import type { MeshFile } from '../../electron/contract/mesh-file.ts'
import { eventually } from '../support/eventually.ts'
import { joinedPair } from './joined-pair.ts'
import type { NodeProcess } from './node-process.ts'

describe('policies of two real nodes', () => {
  let attic: NodeProcess
  let mia: NodeProcess
  const policyOf = async (node: NodeProcess, capability: string) => {
    const policies = (await node.fcn('policy', '--json')).json as PolicyView[]
    return policies.find((policy) => policy.capability === capability) ?? null
  }

  beforeAll(async () => {
    const pair = await joinedPair({ approver: 'attic', joiner: 'mia' })
    attic = pair.approver
    mia = pair.joiner
  })
  afterAll(async () => {
    await Promise.all([attic.stop(), mia.stop()])
  })

  it('are decided by the admin, by names, and hold for the member', async () => {
    const set = await attic.fcn('policy', 'set', 'ai', '--prefer', 'mia,attic', '--only-direct', '--json')
    expect(set.code).toBe(0)
    const { rules } = set.json as PolicyView
    const seen = await eventually('mia hears of it', () => policyOf(mia, 'ai'))
    expect(seen).toMatchObject({ rules, by: { name: 'attic' }, version: 1, override: null })
    expect(rules?.preferredNodes).toHaveLength(2)
    expect((await mia.fcn('policy')).stdout).toContain('first mia, attic; only direct')
    expect((await mia.fcn('audit', '--json')).stdout).toContain('policy.changed')
  })

  it('are refused to a member, who may decide for its own requests', async () => {
    const refused = await mia.fcn('policy', 'set', 'ai', '--max-distance', '20', '--json')
    expect(refused).toMatchObject({ code: 77, json: { error: { code: 'not_admin' } } })
    expect((await mia.fcn('policy', 'set', 'ai', '--own', '--max-distance', '20')).code).toBe(0)
    expect(await policyOf(mia, 'ai')).toMatchObject({ override: { maxDistance: 20 } })
    expect(await policyOf(attic, 'ai')).toMatchObject({ override: null })
  })

  it('are in mesh.json, and taken from it where the node is an admin', async () => {
    const file = (await mia.fcn('mesh', 'export', '--json')).json as MeshFile
    expect(file.policies).toEqual({ ai: (await policyOf(mia, 'ai'))?.rules })
    const changed = { ...file, policies: { ai: { loadBalancing: 'round-robin' }, storage: { replication: 2, colour: 'red' } } }
    const taken = (await attic.call('mesh.import', { file: changed })).body.value
    expect(taken).toMatchObject({ policies: { taken: ['storage', 'ai'], kept: [] } })
    await eventually('mia hears of it', async () => ((await policyOf(mia, 'ai'))?.version === 2 ? true : null))
    expect(await policyOf(mia, 'storage')).toMatchObject({ rules: { replication: 2 } })
    expect(((await attic.fcn('mesh', 'export', '--json')).json as MeshFile).policies).toMatchObject(changed.policies)
  })
})
