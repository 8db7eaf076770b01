import { describe, expect, it } from 'vitest'
import { grantView } from '../../../fixtures/trust-views.ts'
import { meshView, peerView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const openGrantBench = (grants = [grantView()]) =>
  openBench({
    'grant.list': () => grants,
    'grant.set': () => grantView(),
    'grant.except': () => grantView(),
    'mesh.list': () => [meshView()],
    'peer.list': () => [peerView()],
  })

describe('fcn grants', () => {
  it('names meshes and peers', async () => {
    await using bench = await openGrantBench([
      grantView({ resource: '*', rule: null }),
      grantView({ exceptions: { [peerView().id]: true, 'gone-peer': false } }),
      grantView({ resource: 'service:wiki', rule: null }),
    ])
    expect((await bench.fcn('grants')).stdout).toBe(
      [
        'MESH  THING         WHO MAY USE IT  EXCEPT',
        'Home  everything    all             -',
        'Home  ai            admins          allow nas, refuse gone-peer',
        'Home  service:wiki  default         -',
        '',
      ].join('\n'),
    )
  })

  it('says what holds when there is no rule', async () => {
    await using bench = await openGrantBench([])
    expect((await bench.fcn('grants')).stdout).toBe('Every member may use what this node offers.\n')
    expect((await bench.fcn('grants', '--json')).json()).toEqual([])
  })
})

describe('fcn grant', () => {
  it.each([
    [['everything', 'admins'], 'grant.set', { resource: '*', rule: 'admins' }],
    [['*', 'default'], 'grant.set', { resource: '*', rule: null }],
    [['ai', 'nobody', '--mesh', 'Home'], 'grant.set', { mesh: 'Home', resource: 'capability:ai', rule: 'nobody' }],
    [['service:wiki', 'all'], 'grant.set', { resource: 'service:wiki', rule: 'all' }],
    [['ai', 'allow', '--peer', 'nas'], 'grant.except', { resource: 'capability:ai', peer: 'nas', allow: true }],
    [['ai', 'refuse', '--peer', 'nas'], 'grant.except', { resource: 'capability:ai', peer: 'nas', allow: false }],
    [['ai', 'default', '--peer', 'nas'], 'grant.except', { resource: 'capability:ai', peer: 'nas', allow: null }],
  ])('%j changes one thing', async (args, name, input) => {
    await using bench = await openGrantBench()
    expect((await bench.fcn('grant', ...args, '--json')).json()).toEqual(grantView())
    expect(bench.api.received[0]).toEqual({ name, input })
    expect((await bench.fcn('grant', ...args)).stdout).toContain('Home  ai')
  })
})
