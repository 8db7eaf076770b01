import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { capabilityView, joinView, meshView, nodeView, peerView, requestView, serviceView, snapshotOf } from '../../fixtures/views.ts'
import { openBench } from './run-fcn.ts'

const day = 86_400_000

describe('fcn status', () => {
  it('shows this node and what needs attention', async () => {
    const request = requestView()
    await using bench = await openBench({
      'snapshot.get': () => snapshotOf({ node: nodeView({ movedFromPort: 3000, port: 3001 }), requests: { [request.id]: request } }),
    })
    const { stdout } = await bench.fcn('status')
    expect(stdout).toMatch(/^Id +K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ$/m)
    expect(stdout).toMatch(/^State +online/m)
    expect(stdout).toMatch(/^Meshes +Home \(admin, 2 of 3 online\)$/m)
    expect(stdout).toContain('port 3000 was taken, so this node uses 3001')
    expect(stdout).toContain('laptop asks to join Home: fcn approve req-1')
  })

  it('gives programs the fields of the contract', async () => {
    await using bench = await openBench({ 'snapshot.get': () => snapshotOf() })
    const document = (await bench.fcn('status', '--json')).json()
    expect(document).toMatchObject({ ...nodeView(), meshes: [meshView()], peers: [peerView()], requests: [] })
  })
})

describe('fcn peers', () => {
  it('lists name, state, path and offers in columns', async () => {
    const peers = [
      peerView(),
      peerView({ id: 'b', name: '猫', state: 'offline', path: null, lastSeen: Date.now() - 3 * day, capabilities: [], services: [] }),
      peerView({ id: 'c', name: 'old', kind: 'legacy', state: 'suspect', path: null, lastSeen: null }),
    ]
    await using bench = await openBench({ 'peer.list': () => peers })
    const { stdout } = await bench.fcn('peers')
    expect(stdout).toBe(
      [
        'NAME  STATE      PATH                             OFFERS',
        'nas   online     direct 192.168.1.20:3000 (2 ms)  storage wiki',
        '猫    offline    last seen 3 d ago                -',
        'old   checking…  legacy, never seen               storage wiki',
        '',
      ].join('\n'),
    )
    expect((await bench.fcn('peers', '--json')).json()).toEqual(peers)
  })

  it('explains an empty list', async () => {
    await using bench = await openBench({ 'peer.list': () => [] })
    expect((await bench.fcn('peers')).stdout).toContain('No peers yet.')
    expect((await bench.fcn('peers', '--json')).json()).toEqual([])
  })
})

describe('fcn join', () => {
  const benchWith = (states: Partial<JoinView>[]) => {
    let place = 0
    const next = () => joinView(states[Math.min(place++, states.length - 1)])
    return openBench({ 'join.start': next, 'join.list': () => [next()] })
  }

  it('answers once the other node is reached', async () => {
    await using bench = await benchWith([{ state: 'connecting', approver: null }, { state: 'waiting' }])
    const ran = await bench.fcn('join', 'http://192.168.1.20:3000', '--mesh', 'Home')
    expect(ran).toMatchObject({ code: 0, stdout: 'Waiting for approval on nas.\n' })
    expect(bench.api.received[0]).toEqual({ name: 'join.start', input: { url: 'http://192.168.1.20:3000', mesh: 'Home' } })
  })

  it('waits for the decision when asked to', async () => {
    await using bench = await benchWith([{ state: 'waiting' }, { state: 'joined' }])
    const ran = await bench.fcn('join', 'http://192.168.1.20:3000', '--wait')
    expect(ran).toMatchObject({ code: 0, stdout: 'Joined Home.\n', stderr: 'Waiting for approval on nas.\n' })
  })

  it.each([
    ['rejected', 77],
    ['expired', 65],
    ['failed', 69],
  ] as const)('fails when the join is %s', async (state, code) => {
    await using bench = await benchWith([{ state: 'waiting' }, { state }])
    expect(await bench.fcn('join', 'http://192.168.1.20:3000', '--wait')).toMatchObject({ code, stdout: '' })
  })
})

describe('fcn mesh', () => {
  it('exports to a file and imports the same', async () => {
    const file = { meshName: 'Home', nodes: [{ id: 'a', name: 'a', extra: { kept: true } }] }
    await using bench = await openBench({
      'mesh.export': () => file,
      'mesh.import': () => ({ added: 1, updated: 0, skipped: [{ name: 'bad', problem: { code: 'invalid_input', message: 'No URL.' } }] }),
    })
    const path = join(bench.dataDir, 'mesh.json')
    expect(await bench.fcn('mesh', 'export', path)).toMatchObject({ code: 0, stdout: `1 nodes written to ${path}.\n` })
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(file)
    const { stdout } = await bench.fcn('mesh', 'import', path)
    expect(stdout).toBe('1 added, 0 updated, 1 skipped.\nSKIPPED  WHY\nbad      No URL.\n')
    expect(bench.api.received.at(-1)).toEqual({ name: 'mesh.import', input: { file } })
  })

  it('says what is wrong with a file', async () => {
    await using bench = await openBench()
    const path = join(bench.dataDir, 'mesh.json')
    expect(await bench.fcn('mesh', 'import', path)).toMatchObject({ code: 66 })
    await writeFile(path, '{')
    expect((await bench.fcn('mesh', 'import', path)).stderr).toContain('is not valid JSON')
    await writeFile(path, '{"nodes":[{"name":"x"}]}')
    expect((await bench.fcn('mesh', 'import', path)).stderr).toContain('nodes.0.id')
    expect(bench.api.received).toEqual([])
  })
})

describe('fcn commands', () => {
  it.each([
    [['create', 'Home'], { name: 'mesh.create', input: { name: 'Home' } }],
    [['approve', 'laptop'], { name: 'request.approve', input: { id: 'laptop' } }],
    [['reject', 'laptop'], { name: 'request.reject', input: { id: 'laptop' } }],
    [
      ['capability', 'ai', 'on', '--backend', 'http://127.0.0.1:1'],
      { name: 'capability.set', input: { name: 'ai', enabled: true, backend: 'http://127.0.0.1:1' } },
    ],
    [['capability', 'ai', 'off'], { name: 'capability.set', input: { name: 'ai', enabled: false } }],
    [['share', 'Wiki', '8080'], { name: 'service.share', input: { name: 'Wiki', port: 8080 } }],
    [['share', 'Wiki', 'http://nas:1/x', '--id', 'w'], { name: 'service.share', input: { name: 'Wiki', url: 'http://nas:1/x', id: 'w' } }],
    [['unshare', 'wiki'], { name: 'service.unshare', input: { service: 'wiki' } }],
    [['cancel', 'join-1'], { name: 'join.cancel', input: { id: 'join-1' } }],
    [['key'], { name: 'key.show', input: {} }],
    [['key', 'rotate'], { name: 'key.rotate', input: {} }],
    [['audit', '--limit', '3'], { name: 'audit.list', input: { limit: 3 } }],
    [['settings', 'set', 'port', '3005'], { name: 'settings.update', input: { port: 3005 } }],
    [['settings', 'set', 'host', 'default'], { name: 'settings.update', input: { host: null } }],
  ])('%j becomes one call and prints one document', async (args, expected) => {
    const settings = snapshotOf().settings
    await using bench = await openBench({
      'mesh.create': () => meshView(),
      'node.get': () => nodeView(),
      'request.approve': () => requestView(),
      'request.reject': () => requestView(),
      'capability.set': () => capabilityView(),
      'service.share': () => serviceView(),
      'service.unshare': () => ({ id: 'wiki', name: 'Wiki' }),
      'join.cancel': () => ({}),
      'key.show': () => ({ key: 'secret' }),
      'key.rotate': () => ({ key: 'secret' }),
      'audit.list': () => [],
      'settings.update': () => ({ settings, restartNeeded: true }),
    })
    const ran = await bench.fcn(...args, '--json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(bench.api.received[0]).toEqual(expected)
    expect(() => ran.json()).not.toThrow()
    expect((await bench.fcn(...args)).stdout).not.toBe('')
  })

  it('prints the key alone, fit for a shell variable', async () => {
    await using bench = await openBench({ 'key.show': () => ({ key: 'secret' }) })
    expect((await bench.fcn('key')).stdout).toBe('secret\n')
    expect((await bench.fcn('key', '--json')).json()).toEqual({ key: 'secret' })
  })
})
