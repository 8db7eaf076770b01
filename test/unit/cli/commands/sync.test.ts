import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { SyncHubView } from '../../../../electron/contract/hub-sync.ts'
import { settings } from '../../../../electron/contract/settings.ts'
import { nodeView } from '../../../fixtures/views.ts'
import { openBench } from '../run-fcn.ts'

const url = 'http://192.168.1.20:3000'
const hub = (change: Partial<SyncHubView> = {}): SyncHubView => ({
  ...{ id: 'h1', url, every: 'hour', running: false, problem: null, failingSince: null, nextAt: null },
  lastOk: { at: Date.now() - 120_500, added: 2, updated: 5, skipped: 1 },
  ...change,
})
const refused = hub({
  url: 'http://10.0.0.9:3000',
  problem: { at: 0, code: 'unauthorized', message: '10.0.0.9:3000 does not accept the token.', action: 'Have a new one made.' },
})
const token = { id: 't1', name: 'Grandma’s box', createdAt: Date.UTC(2026, 0, 1), lastUsedAt: null, lastUsedFrom: null }

const openSyncBench = (hubs: SyncHubView[] = [hub()], { encryptedPeersOnly = false } = {}) =>
  openBench({
    'sync.run': () => hubs,
    'sync.hub.add': ({ every }) => hub({ every }),
    'sync.hub.set': ({ every }) => hub(every && { every }),
    'sync.hub.list': () => hubs,
    'sync.hub.remove': () => hub(),
    'sync.token.create': () => ({ token, secret: 'fcnsync_abc' }),
    'sync.token.list': () => [token, { ...token, id: 't2', lastUsedAt: Date.now() - 60_500, lastUsedFrom: '192.168.1.9' }],
    'sync.token.revoke': () => token,
    'node.get': () => nodeView(),
    'settings.get': () => settings.parse({ name: 'desk', encryptedPeersOnly }),
  })

describe('fcn sync', () => {
  it('syncs to all hubs and says what each brought', async () => {
    await using bench = await openSyncBench()
    const ran = await bench.fcn('sync')
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(ran.stdout).toMatch(/^http:\/\/192\.168\.1\.20:3000 +2 added, 5 updated, 1 skipped$/mu)
    expect(bench.api.received).toEqual([{ name: 'sync.run', input: {} }])
  })

  it('ends with the exit code of a hub that failed, and says why and what to do', async () => {
    await using bench = await openSyncBench([hub(), refused])
    const ran = await bench.fcn('sync')
    expect(ran.code).toBe(77)
    expect(ran.stdout).toMatch(/^http:\/\/10\.0\.0\.9:3000 +10\.0\.0\.9:3000 does not accept the token\.$/mu)
    expect(ran.stderr).toContain('Have a new one made.')
    const json = await bench.fcn('sync', '--json')
    expect(json.code).toBe(77)
    expect(json.json()).toMatchObject([{ problem: null }, { problem: { code: 'unauthorized' } }])
  })

  it('syncs to one hub, and is content when there is none', async () => {
    await using bench = await openSyncBench([])
    expect(await bench.fcn('sync', 'run', '192.168.1.20:3000')).toMatchObject({ code: 0 })
    expect(bench.api.received).toEqual([{ name: 'sync.run', input: { hub: '192.168.1.20:3000' } }])
    expect(await bench.fcn('sync')).toMatchObject({ code: 0, stdout: 'No hub to sync to yet. Add one: fcn sync add <url>\n' })
  })
})

describe('fcn sync add', () => {
  const added = (more = {}) => [
    { name: 'sync.hub.add', input: { url, token: 'the-token', every: 'hour', ...more } },
    { name: 'sync.run', input: { hub: 'h1' } },
  ]

  it('asks for the token, shows it nowhere, and says that it travels unencrypted', async () => {
    await using bench = await openSyncBench()
    const ran = await bench.run(['sync', 'add', url], { answers: { 'Token:': 'the-token\n' } })
    expect(ran).toMatchObject({ code: 0, stdout: expect.stringContaining('2 added') as string })
    expect(ran.stdout + ran.stderr).not.toContain('the-token')
    expect(ran.stderr).toContain('go to 192.168.1.20:3000 unencrypted')
    expect(bench.api.received).toEqual(added())
  })

  it('takes the token from a file, standard input or the environment', async () => {
    await using bench = await openSyncBench()
    const file = join(bench.dataDir, 'token')
    await writeFile(file, 'the-token\n')
    await bench.fcn('sync', 'add', url, '--every', 'day', '--token-file', file)
    await bench.run(['sync', 'add', url, '--every', 'day', '--token-file', '-'], { input: 'the-token\n' })
    await bench.run(['sync', 'add', '--every', 'day'], { env: { MESH_HUB: '192.168.1.20:3000', MESH_TOKEN: 'the-token' } })
    expect(bench.api.received).toEqual([1, 2, 3].flatMap(() => added({ every: 'day' })))
  })

  it('reads hub and token from the environment file of an old node', async () => {
    await using bench = await openSyncBench()
    const file = join(bench.dataDir, 'old.env')
    const lines = ['# node', 'NODE_NAME="attic"', `export MESH_HUB='${url}'`, 'MESH_TOKEN=the-token # from mia', 'ROUTER_PORT=3000']
    await writeFile(file, lines.join('\n'))
    expect((await bench.run(['sync', 'add', '--env', file], { env: { MESH_TOKEN: 'another' } })).code).toBe(0)
    expect(bench.api.received).toEqual(added())
    await writeFile(file, 'MESH_HUB=\nMESH_TOKEN=\n')
    expect(await bench.fcn('sync', 'add', '--env', file)).toMatchObject({ code: 64, stderr: expect.stringContaining('MESH_HUB') as string })
  })

  it('shows the token of the environment to no other hub', async () => {
    await using bench = await openSyncBench()
    const env = { MESH_HUB: `${url}/`, MESH_TOKEN: 'the-token' }
    expect((await bench.run(['sync', 'add', 'http://10.0.0.9:3000'], { env })).code).toBe(64)
    expect(bench.api.received).toEqual([])
    expect((await bench.run(['sync', 'add', url], { env })).code).toBe(0)
    expect(bench.api.received).toEqual(added())
  })

  it('takes no token as an argument, and does not wait for one where nobody can type', async () => {
    await using bench = await openSyncBench()
    expect((await bench.fcn('sync', 'add', url, 'the-token')).code).toBe(64)
    expect((await bench.fcn('sync', 'add', url, '--token', 'the-token')).code).toBe(64)
    expect(await bench.fcn('sync', 'add', url)).toMatchObject({ code: 64, stderr: expect.stringContaining('MESH_TOKEN') as string })
    expect(await bench.fcn('sync', 'add')).toMatchObject({ code: 64, stderr: expect.stringContaining('Say to which hub.') as string })
    expect(bench.api.received).toEqual([])
  })
})

describe('fcn sync list, set and remove', () => {
  it('show and change the hubs', async () => {
    await using bench = await openSyncBench([hub({ nextAt: Date.now() + 3_600_500 }), refused])
    const { stdout } = await bench.fcn('sync', 'list')
    expect(stdout).toMatch(/^http:\/\/192\.168\.1\.20:3000 +hour +2 min ago +in 1 h$/mu)
    expect(stdout).toMatch(/10\.0\.0\.9.* - +10\.0\.0\.9:3000 does not accept the token\.$/mu)
    expect((await bench.fcn('sync', 'set', url, '--every', 'off')).stdout).toContain('only on demand')
    await bench.run(['sync', 'set', url, '--token-file', '-'], { input: 'better\n' })
    expect((await bench.fcn('sync', 'remove', url)).stdout).toContain('no longer')
    expect(bench.api.received.slice(1)).toEqual([
      { name: 'sync.hub.set', input: { hub: url, every: 'off' } },
      { name: 'sync.hub.set', input: { hub: url, token: 'better' } },
      { name: 'sync.hub.remove', input: { hub: url } },
    ])
  })
})

describe('fcn sync token', () => {
  it('prints a new token alone on stdout, and beside it how it is used', async () => {
    await using bench = await openSyncBench()
    const ran = await bench.fcn('sync', 'token', 'create', 'Grandma’s box')
    expect(ran).toMatchObject({ code: 0, stdout: 'fcnsync_abc\n' })
    expect(ran.stderr).toContain('shown this once')
    expect(ran.stderr).toContain('anyone on the way can read it')
    expect((await bench.fcn('sync', 'token', 'create', 'x', '--json')).json()).toEqual({ token, secret: 'fcnsync_abc' })
  })

  it('says when it would not work from elsewhere', async () => {
    await using bench = await openSyncBench([], { encryptedPeersOnly: true })
    expect((await bench.fcn('sync', 'token', 'create', 'x')).stderr).toContain('works on this computer only')
  })

  it('lists them with their last use, and takes one back', async () => {
    await using bench = await openSyncBench()
    const { stdout } = await bench.fcn('sync', 'token')
    expect(stdout).toMatch(/^Grandma’s box +\S+ \S+ +never +t1$/mu)
    expect(stdout).toMatch(/1 min ago from 192\.168\.1\.9 +t2$/mu)
    expect((await bench.fcn('sync', 'token', 'revoke', 't1')).stdout).toContain('is taken back')
  })
})
