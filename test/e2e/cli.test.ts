import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readRunningFile } from '../../electron/agent/store/running-file.ts'
import { eventually } from '../support/eventually.ts'
import { freePort } from '../support/free-port.ts'
import { type NodeProcess, runFcn, startNode } from './node-process.ts'

const command = join(import.meta.dirname, '../../electron/cli/fcn.mjs')

describe('fcn and a running node', () => {
  let desk: NodeProcess
  let nas: NodeProcess

  beforeAll(async () => {
    desk = await startNode({ name: 'desk' })
    nas = await startNode({ name: 'nas' })
  })
  afterAll(async () => {
    await desk?.stop()
    await nas?.stop()
  })

  it('tells who the node is', async () => {
    const { code, json } = await desk.fcn('status', '--json')
    expect(code).toBe(0)
    expect(json).toMatchObject({ name: 'desk', port: desk.port, face: 'headless', meshes: [] })
    expect((await desk.fcn('status')).stdout).toContain('fcn create <name>')
  })

  it('joins two nodes by URL, with a person on both sides comparing the code', async () => {
    expect((await desk.fcn('create', 'Home', '--json')).json).toMatchObject({ name: 'Home', role: 'admin', members: 1 })
    const asked = await nas.fcn('join', desk.url, '--json')
    expect(asked.json).toMatchObject({ state: 'waiting', confirmed: false, approver: { name: 'desk' }, mesh: { name: 'Home' } })
    const { code } = asked.json as { code: string }
    expect((await desk.fcn('requests')).stdout).toContain(`${code.slice(0, 3)} ${code.slice(3)}`)

    const wrong = code === '000000' ? '000001' : '000000'
    expect((await desk.fcn('approve', 'nas', '--code', wrong, '--json')).json).toMatchObject({ error: { code: 'code_mismatch' } })
    expect(await desk.fcn('approve', 'nas')).toMatchObject({ code: 64 })
    expect(await desk.fcn('approve', 'nas', '--code', code)).toMatchObject({ code: 0 })
    await eventually('nas waits for its own word', async () => (await nas.fcn('joins')).stdout.includes('Approved by desk'))
    expect((await nas.fcn('mesh', '--json')).json).toEqual([])

    expect(await nas.fcn('confirm', '--code', code)).toMatchObject({ code: 0 })
    await eventually('desk sees nas online', async () => /nas +online +direct/u.test((await desk.fcn('peers')).stdout))
    await eventually('nas sees desk online', async () => /desk +online +direct/u.test((await nas.fcn('peers')).stdout))
  })

  it('lets a node in by invite, and out again', async () => {
    await using tablet = await startNode({ name: 'tablet' })
    const { text } = (await desk.fcn('invite', '--note', 'for the sofa', '--json')).json as { text: string }
    expect(await tablet.fcn('join', text)).toMatchObject({ code: 0, stdout: 'Joined Home.\n' })
    expect((await desk.fcn('invites')).stdout).toMatch(/used +1 of 1 tablet +for the sofa/u)
    expect((await nas.fcn('join', text, '--json')).json).toMatchObject({ error: { message: expect.any(String) as string } })

    expect(await desk.fcn('promote', 'tablet', '--yes')).toMatchObject({ code: 0 })
    await eventually('tablet is an admin', async () => (await tablet.fcn('mesh')).stdout.includes('admin'))
    expect(await desk.fcn('remove', 'tablet', '--yes')).toMatchObject({ code: 0 })
    await eventually('tablet knows that it is out', async () => (await tablet.fcn('status')).stdout.includes('removed from Home by desk'))
    expect((await tablet.fcn('mesh', '--json')).json).toEqual([])
  })

  it('says who may use what', async () => {
    expect((await desk.fcn('grant', 'ai', 'nobody')).stdout).toMatch(/Home +ai +nobody +-/u)
    expect((await desk.fcn('grant', 'ai', 'allow', '--peer', 'nas')).stdout).toContain('allow nas')
    expect((await desk.fcn('grants', '--json')).json).toMatchObject([{ resource: 'capability:ai', rule: 'nobody' }])
  })

  it('says who serves what, and why another does not', async () => {
    const program = createServer((_request, response) => response.end('{"data":[{"id":"tiny"}]}')).listen(0, '127.0.0.1')
    await once(program, 'listening')
    const { port } = program.address() as AddressInfo
    const why = async () => (await nas.fcn('why', 'ai')).stdout
    try {
      expect(await desk.fcn('capability', 'ai', 'on', '--backend', `http://127.0.0.1:${port}`)).toMatchObject({ code: 0 })
      await eventually('nas would ask desk', async () => /^desk +first/mu.test(await why()))
      await desk.fcn('grant', 'ai', 'refuse', '--peer', 'nas')
      await eventually('nas would not ask desk', async () => /^Not used:\ndesk +no grant$/mu.test(await why()))
      await desk.fcn('grant', 'ai', 'allow', '--peer', 'nas')
      await eventually('nas would ask desk again', async () => /^desk +first/mu.test(await why()))

      const limits = ['--concurrent', '8', '--per-peer', '4', '--queue', '16', '--bandwidth', '5MB']
      expect((await desk.fcn('capability', 'ai', 'limits', ...limits)).stdout).toMatch(/^bandwidth +5MB/mu)
      expect((await desk.fcn('capability', 'ai', 'limits', '--json')).json).toMatchObject({
        limits: { concurrent: 8, concurrentPerPeer: 4, queue: 16, bandwidthPerPeer: 5_000_000 },
      })
      expect((await desk.fcn('settings', 'set', 'metered', 'yes')).stdout).toContain('metered is yes')
      await eventually('nas knows what it costs', async () => {
        const peers = (await nas.fcn('peers', '--json')).json as { name: string; metered: boolean }[]
        return peers.some(({ name, metered }) => name === 'desk' && metered)
      })
    } finally {
      await desk.fcn('capability', 'ai', 'off')
      program.close()
    }
  })

  it('keeps the root key in a file that only the passphrase opens', async () => {
    const secret = join(desk.data, 'passphrase')
    const file = join(desk.data, 'home.fcn-recovery')
    await writeFile(secret, 'correct horse battery\n')
    expect(await desk.fcn('mesh', 'recovery', 'export', 'Home', '--out', file, '--passphrase-file', secret)).toMatchObject({ code: 0 })
    expect((await nas.fcn('mesh')).stdout).toContain('member')
    expect(await nas.fcn('mesh', 'recovery', 'restore', file, '--passphrase-file', secret)).toMatchObject({ code: 0 })
    expect((await nas.fcn('mesh')).stdout).toContain('admin')
    await writeFile(secret, 'wrong horse battery\n')
    expect(await nas.fcn('mesh', 'recovery', 'restore', file, '--passphrase-file', secret)).toMatchObject({ code: 77 })
  })

  it('shares a service that a peer then lists', async () => {
    const server = createServer((_request, response) => response.end('ok')).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    try {
      expect(await desk.fcn('share', 'Wiki', String(port))).toMatchObject({ code: 0 })
      await eventually('nas sees the service', async () => /desk .*\bwiki\b/u.test((await nas.fcn('peers')).stdout))
      expect(await desk.fcn('unshare', 'wiki')).toMatchObject({ code: 0 })
    } finally {
      server.close()
    }
  })

  it('refuses with a reason and an exit code', async () => {
    expect(await desk.fcn('leave', 'Nowhere')).toMatchObject({ code: 66, stdout: '' })
    expect((await desk.fcn('join', desk.url, '--json')).json).toMatchObject({ error: { code: 'own_address' } })
    expect((await desk.fcn('capability', 'archive', 'on', '--json')).json).toMatchObject({ error: { code: 'invalid_input' } })
  })

  it('rotates the key: the old one stops at once', async () => {
    const { key: old } = (await desk.fcn('key', '--json')).json as { key: string }
    const { key: made } = (await desk.fcn('key', 'rotate', '--json')).json as { key: string }
    const ask = async (key: string) => (await fetch(`${desk.url}/api/mesh/nodes`, { headers: { 'x-api-key': key } })).status
    expect(made).not.toBe(old)
    expect([await ask(old), await ask(made)]).toEqual([401, 200])
  })

  it('exports a mesh.json and imports it again', async () => {
    const file = join(desk.data, 'export.json')
    expect(await desk.fcn('mesh', 'export', file)).toMatchObject({ code: 0 })
    expect(await desk.fcn('mesh', 'import', file)).toMatchObject({ code: 0 })
  })

  it('has it all in the audit log', async () => {
    const entries = (await desk.fcn('audit', '--json')).json as { action: string }[]
    expect(entries.length).toBeGreaterThan(3)
    expect((await desk.fcn('audit', '--limit', '1')).stdout.trim().split('\n')).toHaveLength(2)
    expect(await desk.fcn('audit', 'verify')).toMatchObject({ code: 0 })
    const file = join(desk.data, 'audit.jsonl')
    expect(await desk.fcn('audit', 'export', '--out', file)).toMatchObject({ code: 0 })
    const seqs = (await readFile(file, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { seq: number }).seq)
    expect(seqs.length).toBeGreaterThanOrEqual(entries.length)
    expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  })

  it('prints a link to the page that works once', async () => {
    const { url } = (await desk.fcn('open', '--json')).json as { url: string }
    const open = () => fetch(url, { redirect: 'manual' })
    expect((await open()).status).toBe(303)
    expect((await open()).status).toBeGreaterThanOrEqual(400)
  })

  it('says that no node runs once it was stopped', async () => {
    await nas.kill('SIGTERM')
    expect(await nas.fcn('status')).toMatchObject({ code: 69, stdout: '' })
    expect(readRunningFile(nas.data)).toBeNull()
  })
})

describe('fcn start', () => {
  it('runs a node until it is told to stop', async () => {
    const data = await mkdtemp(join(tmpdir(), 'fcn-start-'))
    const child = spawn(process.execPath, [command, 'start', '--data', data, '--port', String(await freePort()), '--host', '127.0.0.1'])
    try {
      await eventually('the node runs', () => readRunningFile(data))
      expect(await runFcn(['status', '--data', data])).toMatchObject({ code: 0 })
      child.kill('SIGTERM')
      expect(await once(child, 'exit')).toEqual([0, null])
      expect(readRunningFile(data)).toBeNull()
    } finally {
      child.kill('SIGKILL')
      await rm(data, { recursive: true, force: true })
    }
  })

  it('refuses a port that is taken, a folder in use, and settings that cannot be read', async () => {
    await using node = await startNode({ name: 'first' })
    const data = await mkdtemp(join(tmpdir(), 'fcn-start-'))
    try {
      const taken = await runFcn(['start', '--data', data, '--host', '127.0.0.1', '--port', String(node.port)])
      expect(taken.code).toBe(69)
      expect(taken.stderr).toContain(String(node.port))

      const inUse = await runFcn(['start', '--data', node.data, '--host', '127.0.0.1', '--port', String(await freePort())])
      expect(inUse.code).toBe(69)

      await writeFile(join(data, 'settings.json'), '{half')
      const unreadable = await runFcn(['start', '--data', data, '--host', '127.0.0.1', '--port', String(await freePort())])
      expect(unreadable.code).toBe(78)
      expect(unreadable.stderr).toContain(join(data, 'settings.json'))
    } finally {
      await rm(data, { recursive: true, force: true })
    }
  })
})
