import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { request } from 'undici'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import type { AuditEntry } from '../../electron/contract/audit.ts'
import type { SyncHubView, SyncTokenView } from '../../electron/contract/hub-sync.ts'
import type { MeshFile } from '../../electron/contract/mesh-file.ts'
import type { PeerView } from '../../electron/contract/snapshot.ts'
import { startSyncHub } from '../fakes/sync-hub.ts'
import { type NodeProcess, startNode } from './node-process.ts'

const run = promisify(execFile)

describe('hub sync of the old world', () => {
  let hub: NodeProcess
  let mia: NodeProcess

  beforeAll(async () => {
    ;[hub, mia] = await Promise.all([startNode({ name: 'hub' }), startNode({ name: 'mia' })])
  })
  afterAll(() => Promise.all([hub.stop(), mia.stop()]))

  const valueOf = async <T>(node: NodeProcess, call: string, input = {}) => (await node.call(call, input)).body.value as T
  const legacyOf = async (node: NodeProcess) =>
    (await valueOf<PeerView[]>(node, 'peer.list')).filter(({ kind }) => kind === 'legacy').map(({ id }) => id)

  /** The one line of their update script that talks to a hub. */
  async function updateScript(env: { MESH_HUB: string; MESH_TOKEN: string }, file: MeshFile) {
    const line = `curl -s -w '\\n%{http_code}' -X POST -H "Authorization: Bearer $MESH_TOKEN" -H 'Content-Type: application/json' -d @mesh.json $MESH_HUB/api/mesh/sync`
    await writeFile(join(hub.data, 'mesh.json'), JSON.stringify(file))
    const { stdout } = await run('sh', ['-c', line], { cwd: hub.data, env: { ...process.env, ...env }, timeout: 15_000 })
    const [body = '', status] = stdout.split(/\n(?=\d+$)/u)
    return { status: Number(status), body: JSON.parse(body) as unknown }
  }

  it('answers the update script of an old node with the merged mesh.json, until its token is taken back', async () => {
    const env = { MESH_HUB: hub.url, MESH_TOKEN: (await hub.fcn('sync', 'token', 'create', 'Grandma’s box')).stdout.trim() }
    const file = { meshName: 'Maple Street', nodes: [{ id: 'nas', name: 'nas', url: 'http://127.0.0.1:9', rack: 7 }], motto: 'share' }
    const synced = await updateScript(env, file)
    expect(synced).toMatchObject({ status: 200, body: { meshName: 'Maple Street', motto: 'share' } })
    const names = (synced.body as MeshFile).nodes.map(({ name }) => name)
    expect(names.toSorted()).toEqual(['hub', 'nas'])
    expect(await legacyOf(hub)).toEqual(['http://127.0.0.1:9'])

    const [token] = await valueOf<SyncTokenView[]>(hub, 'sync.token.list')
    expect(token).toMatchObject({ name: 'Grandma’s box', lastUsedFrom: '127.0.0.1' })
    const nodes = await request(`${hub.url}/api/mesh/nodes`, { headers: { authorization: `Bearer ${env.MESH_TOKEN}` } })
    expect([nodes.statusCode, await nodes.body.json()]).toEqual([401, { error: 'Unauthorized' }])

    expect((await hub.fcn('sync', 'token', 'revoke', 'Grandma’s box')).code).toBe(0)
    expect(await updateScript(env, file)).toEqual({ status: 401, body: { error: 'Unauthorized' } })
    const audit = await valueOf<AuditEntry[]>(hub, 'audit.list')
    expect(audit.map(({ action, actor, subject }) => [action, subject ?? actor])).toEqual(
      expect.arrayContaining([
        ['sync.token_created', 'Grandma’s box'],
        ['mesh.synced', 'Grandma’s box'],
        ['sync.token_revoked', 'Grandma’s box'],
        ['key.refused', '127.0.0.1'],
      ]),
    )
  })

  it('takes a node that syncs to it, which then knows what the hub knows', async () => {
    const { secret } = await valueOf<{ secret: string }>(hub, 'sync.token.create', { name: 'mia' })
    const env = join(mia.data, 'old.env')
    await writeFile(env, `MESH_HUB=${hub.url}\nMESH_TOKEN=${secret}\n`)
    const added = await mia.fcn('sync', 'add', '--env', env, '--every', 'day')
    expect(added).toMatchObject({ code: 0, stdout: expect.stringContaining('2 added, 0 updated, 0 skipped') as string })
    expect((await legacyOf(mia)).toSorted()).toEqual([hub.url, 'http://127.0.0.1:9'].toSorted())

    const again = await mia.fcn('sync', '--json')
    expect(again).toMatchObject({ code: 0, json: [{ problem: null, lastOk: { added: 0, updated: 2 } }] })
    expect(JSON.stringify(again.json)).not.toContain(secret)
    const snapshot = await mia.call('snapshot.get')
    expect(JSON.stringify(snapshot.body)).not.toContain(secret)

    await hub.call('sync.token.revoke', { id: 'mia' })
    const refused = await mia.fcn('sync')
    expect(refused).toMatchObject({ code: 77, stdout: expect.stringContaining('does not accept the token') as string })
    expect((await mia.call('sync.hub.remove', { hub: hub.url })).status).toBe(200)
  })

  it('takes nothing from a hostile hub, tells what is wrong, and goes on working', async () => {
    const [hostile, elsewhere] = await Promise.all([startSyncHub(), startSyncHub()])
    onTestFinished(async () => void (await Promise.all([hostile.close(), elsewhere.close()])))
    const before = await legacyOf(mia)
    await mia.call('sync.hub.add', { url: hostile.url, token: 'the-token', every: 'off' })
    const codeOf = async (instead: typeof hostile.instead) => {
      hostile.instead = instead
      return (await valueOf<SyncHubView[]>(mia, 'sync.run'))[0]?.problem?.code
    }
    const evil = { nodes: [{ id: 'x', name: 'x', url: 'http://10.9.9.9:3000' }], deep: null }
    const deep = JSON.stringify(evil).replace('null', '['.repeat(100_000) + ']'.repeat(100_000))
    const endless: typeof hostile.instead = (_request, response) => {
      const more = () => void (response.destroyed || response.write(' '.repeat(1_000_000), more))
      more()
    }
    expect(await codeOf(endless)).toBe('bad_answer')
    expect(await codeOf((_request, response) => response.end('<html>sign in</html>'))).toBe('bad_answer')
    expect(await codeOf((_request, response) => response.end(deep))).toBe('invalid_input')
    const location = `${elsewhere.url}/api/mesh/sync`
    expect(await codeOf((_request, response) => response.writeHead(308, { location }).end())).toBe('bad_answer')
    expect(elsewhere.requests).toEqual([])
    expect(await codeOf((_request, response) => response.writeHead(404).end())).toBe('not_found')
    expect(await legacyOf(mia)).toEqual(before)
    expect(await codeOf(null)).toBeUndefined()
  })
})
