import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { capabilityView, joinView, meshView, nodeView, peerView, requestView, serviceView, snapshotOf } from '../../fixtures/views.ts'
import { openBench } from './run-fcn.ts'

const day = 86_400_000

describe('fcn status', () => {
  it('shows this node and what needs attention', async () => {
    const request = requestView()
    await using bench = await openBench({
      'snapshot.get': () =>
        snapshotOf({ node: nodeView({ movedFromPort: 3000, port: 3001 }), requests: { [request.id]: request }, joins: { a: joinView() } }),
    })
    const { stdout } = await bench.fcn('status')
    expect(stdout).toMatch(/^Id +K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ$/m)
    expect(stdout).toMatch(/^State +online/m)
    expect(stdout).toMatch(/^Meshes +Home \(admin, 2 of 3 online\)$/m)
    expect(stdout).toContain('port 3000 was taken, so this node uses 3001')
    expect(stdout).toMatch(/^Keys +in files that only their owner can read$/m)
    expect(stdout).toMatch(/^Join +does nas show 402 913\? fcn confirm join-1$/m)
    expect(stdout).toContain('laptop asks to join Home: fcn approve req-1')
  })

  it('gives programs the fields of the contract', async () => {
    await using bench = await openBench({ 'snapshot.get': () => snapshotOf() })
    const document = (await bench.fcn('status', '--json')).json()
    expect(document).toMatchObject({ ...nodeView(), meshes: [meshView()], peers: [peerView()], requests: [] })
  })
})

describe('fcn peers', () => {
  it('lists name, state, path, role and offers in columns', async () => {
    const gone = {
      id: 'd',
      name: 'tab',
      state: 'removed' as const,
      path: null,
      lastSeen: Date.now() - 3 * day,
      capabilities: [],
      services: [],
    }
    const peers = [
      peerView({ roles: { home: 'admin' }, admittedBy: { home: { id: 'desk', name: 'desk' } } }),
      peerView({ id: 'b', name: '猫', state: 'offline', path: null, lastSeen: Date.now() - 3 * day, capabilities: [], services: [] }),
      peerView({ id: 'c', name: 'old', kind: 'legacy', state: 'suspect', path: null, lastSeen: null, role: null }),
      peerView({ ...gone, removed: { how: 'removed', by: { id: 'anna', name: 'Anna' }, at: 0 } }),
    ]
    await using bench = await openBench({ 'peer.list': () => peers })
    const { stdout } = await bench.fcn('peers')
    expect(stdout).toBe(
      [
        'NAME  STATE            PATH                             ROLE    ADDED BY  OFFERS',
        'nas   online           direct 192.168.1.20:3000 (2 ms)  admin   desk      storage wiki',
        '猫    offline          last seen 3 d ago                member  -         -',
        'old   checking…        legacy, never seen               -       -         storage wiki',
        'tab   removed by Anna  last seen 3 d ago                member  -         -',
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

describe('fcn mesh', () => {
  it('exports to a file and imports the same', async () => {
    const file = { meshName: 'Home', nodes: [{ id: 'a', name: 'a', extra: { kept: true } }] }
    await using bench = await openBench({
      'mesh.export': () => file,
      'mesh.import': () => ({
        ...{ added: 1, updated: 0, skipped: [{ name: 'bad', problem: { code: 'invalid_input', message: 'No URL.' } }] },
        policies: { taken: ['ai'], kept: [{ capability: 'storage', problem: { code: 'not_admin', message: 'No admin.' } }] },
      }),
    })
    const path = join(bench.dataDir, 'mesh.json')
    expect(await bench.fcn('mesh', 'export', path)).toMatchObject({ code: 0, stdout: `1 nodes written to ${path}.\n` })
    expect(JSON.parse(await readFile(path, 'utf8'))).toEqual(file)
    const { stdout } = await bench.fcn('mesh', 'import', path)
    expect(stdout).toBe(
      [
        '1 added, 0 updated, 1 skipped.',
        'Policies for ai are decided for the mesh as the file says.',
        'SKIPPED             WHY',
        'bad                 No URL.',
        'policy for storage  No admin. It is kept for the file only.',
        '',
      ].join('\n'),
    )
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

describe('fcn capability limits', () => {
  it('shows what its own options take', async () => {
    const limits = { concurrent: 8, concurrentPerPeer: 4, queue: 0, bandwidthPerPeer: 5_000_000 }
    await using bench = await openBench({ 'capability.list': () => [capabilityView({ limits })], 'capability.set': () => capabilityView() })
    const { stdout } = await bench.fcn('capability', 'ai', 'limits')
    expect(stdout).toMatch(/^concurrent +8 +requests served at once +\(usually 256\)$/m)
    const shown = [...stdout.matchAll(/^(\S+) +(\S+)/gm)].flatMap(([, option, value]) => [`--${option}`, String(value)])
    await bench.fcn('capability', 'ai', 'limits', ...shown)
    expect(bench.api.received.at(-1)).toEqual({ name: 'capability.set', input: { name: 'ai', limits } })
  })

  it.each([
    [['capability', 'limits']],
    [['capability', 'ai', '--queue', '3']],
    [['capability', 'ai', 'on', '--queue', '3']],
    [['capability', 'ai', 'limits', '--usual', '--queue', '3']],
    [['capability', 'ai', 'limits', '--concurrent', '0']],
    [['capability', 'ai', 'limits', '--bandwidth', 'fast']],
  ])('%j is refused before the node is asked', async (args) => {
    await using bench = await openBench()
    expect((await bench.fcn(...args)).code).toBe(64)
    expect(bench.api.received).toEqual([])
  })
})

describe('fcn commands', () => {
  it.each([
    [['create', 'Home'], { name: 'mesh.create', input: { name: 'Home' } }],
    [
      ['capability', 'ai', 'on', '--backend', 'http://127.0.0.1:1'],
      { name: 'capability.set', input: { name: 'ai', enabled: true, backend: 'http://127.0.0.1:1' } },
    ],
    [
      ['capability', 'ai', 'limits', '--concurrent', '8', '--per-peer', '4', '--queue', '0', '--bandwidth', '5MB'],
      {
        name: 'capability.set',
        input: { name: 'ai', limits: { concurrent: 8, concurrentPerPeer: 4, queue: 0, bandwidthPerPeer: 5_000_000 } },
      },
    ],
    [
      ['capability', 'ai', 'limits', '--bandwidth', 'none'],
      { name: 'capability.set', input: { name: 'ai', limits: { bandwidthPerPeer: null } } },
    ],
    [['capability', 'ai', 'limits', '--usual'], { name: 'capability.set', input: { name: 'ai', limits: null } }],
    [['capability', 'ai', 'limits'], { name: 'capability.list', input: {} }],
    [['capability', 'ai', 'off'], { name: 'capability.set', input: { name: 'ai', enabled: false } }],
    [['share', 'Wiki', '8080'], { name: 'service.share', input: { name: 'Wiki', port: 8080 } }],
    [['share', 'Wiki', 'http://nas:1/x', '--id', 'w'], { name: 'service.share', input: { name: 'Wiki', url: 'http://nas:1/x', id: 'w' } }],
    [['service', 'wiki'], { name: 'service.list', input: {} }],
    [['service', 'Wiki', '--queue', '0'], { name: 'service.limit', input: { service: 'Wiki', limits: { queue: 0 } } }],
    [['service', 'wiki', '--usual'], { name: 'service.limit', input: { service: 'wiki', limits: null } }],
    [['unshare', 'wiki'], { name: 'service.unshare', input: { service: 'wiki' } }],
    [['key'], { name: 'key.show', input: {} }],
    [['key', 'rotate'], { name: 'key.rotate', input: {} }],
    [['settings', 'set', 'port', '3005'], { name: 'settings.update', input: { port: 3005 } }],
    [['settings', 'set', 'host', 'default'], { name: 'settings.update', input: { host: null } }],
    [['settings', 'set', 'encryptedPeersOnly', 'on'], { name: 'settings.update', input: { encryptedPeersOnly: true } }],
    [['settings', 'set', 'localUseNeedsKey', 'off'], { name: 'settings.update', input: { localUseNeedsKey: false } }],
    [['settings', 'set', 'protectKeys', 'no'], { name: 'settings.update', input: { protectKeys: false } }],
    [['settings', 'set', 'metered', 'no'], { name: 'settings.update', input: { metered: 'no' } }],
    [['settings', 'set', 'auditDays', '30'], { name: 'settings.update', input: { auditDays: 30 } }],
    [['settings', 'set', 'auditEntries', '5000'], { name: 'settings.update', input: { auditEntries: 5000 } }],
    [['leave', 'Home'], { name: 'mesh.leave', input: { mesh: 'Home', force: false } }],
    [['leave', 'Home', '--force'], { name: 'mesh.leave', input: { mesh: 'Home', force: true } }],
    [['mesh', 'rename', 'Home', 'Maple Street'], { name: 'mesh.rename', input: { mesh: 'Home', name: 'Maple Street' } }],
    [['identity', 'renew', '--id', 'K7QDM3X'], { name: 'identity.renew', input: { id: 'K7QDM3X' } }],
  ])('%j becomes one call and prints one document', async (args, expected) => {
    const settings = snapshotOf().settings
    await using bench = await openBench({
      'mesh.create': () => meshView(),
      'node.get': () => nodeView(),
      'mesh.leave': () => ({ id: 'home', name: 'Home' }),
      'mesh.rename': () => meshView({ name: 'Maple Street' }),
      'identity.renew': () => ({ restartNeeded: true as const }),
      'capability.set': () => capabilityView(),
      'capability.list': () => [capabilityView()],
      'service.share': () => serviceView(),
      'service.list': () => [serviceView()],
      'service.limit': () => serviceView(),
      'service.unshare': () => ({ id: 'wiki', name: 'Wiki' }),
      'key.show': () => ({ key: 'secret' }),
      'key.rotate': () => ({ key: 'secret' }),
      'peer.list': () => [],
      'settings.update': () => ({ settings, restartNeeded: true }),
    })
    const ran = await bench.fcn(...args, '--json')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(bench.api.received[0]).toEqual(expected)
    expect(() => ran.json()).not.toThrow()
    expect((await bench.fcn(...args)).stdout).not.toBe('')
  })

  it('says which peers are lost when only encrypted ones are left', async () => {
    const peers = [peerView(), peerView({ id: 'http://old:3000', name: 'old', kind: 'legacy' })]
    await using bench = await openBench({
      'peer.list': () => peers,
      'settings.update': () => ({ settings: { ...snapshotOf().settings, encryptedPeersOnly: true }, restartNeeded: false }),
    })
    const ran = await bench.fcn('settings', 'set', 'encryptedPeersOnly', 'on')
    expect(ran).toMatchObject({ code: 0, stdout: 'encryptedPeersOnly is on now.\n' })
    expect(ran.stderr).toBe('These old nodes are neither asked nor answered any more: old.\n')
  })

  it.each([
    ['encryptedPeersOnly', 'maybe', 'is on or off'],
    ['auditDays', 'ten', 'auditDays'],
    ['auditEntries', '10', 'auditEntries'],
    ['metered', 'maybe', 'metered'],
  ])('refuses %s %s', async (name, value, hint) => {
    await using bench = await openBench()
    const ran = await bench.fcn('settings', 'set', name, value)
    expect(ran.code).toBe(65)
    expect(ran.stderr).toContain(hint)
  })

  it('prints the key alone, fit for a shell variable', async () => {
    await using bench = await openBench({ 'key.show': () => ({ key: 'secret' }) })
    expect((await bench.fcn('key')).stdout).toBe('secret\n')
    expect((await bench.fcn('key', '--json')).json()).toEqual({ key: 'secret' })
  })
})
