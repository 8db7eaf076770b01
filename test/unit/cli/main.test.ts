import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FcnError } from '../../../electron/agent/errors.ts'
import { writeRunningFile } from '../../../electron/agent/store/running-file.ts'
import { serviceView } from '../../fixtures/views.ts'
import { openBench, runFcn } from './run-fcn.ts'

const withExamples = [
  ...['start', 'status', 'join', 'confirm', 'cancel', 'mesh', 'leave', 'capability', 'share', 'key', 'settings', 'peers', 'identity'],
  ...['invite', 'invites', 'approve', 'reject', 'remove', 'promote', 'demote', 'block', 'unblock', 'grant', 'audit', 'routes', 'openapi'],
]

describe('fcn', () => {
  it('shows help without a command, and examples for each command', async () => {
    expect(await runFcn([])).toMatchObject({ code: 0, stdout: expect.stringContaining('Usage: fcn') as string, stderr: '' })
    for (const command of withExamples) {
      const { code, stdout } = await runFcn([command, '--help'])
      expect(code).toBe(0)
      expect(stdout).toMatch(/Examples?:\n {2}/)
      expect(stdout).toContain('--json')
    }
  })

  it.each([
    [['stauts'], 'Did you mean status?'],
    [['peers', '--jsn'], 'Did you mean --json?'],
    [['mesh', 'exprot'], 'Allowed choices are list, rename, recovery, export, import'],
    [['key', 'rotat'], 'Allowed choices are show, rotate'],
    [['capability', 'disk', 'on'], 'Allowed choices are list, storage, compute, ai, gateway, archive'],
    [['capability', '--backend', 'http://127.0.0.1:1'], 'Say which capability.'],
    [['share', 'Wiki', '70000'], 'A port is a whole number from 1 to 65535.'],
    [['share', 'Wiki', 'file:///etc/passwd'], 'Give a port (8080) or a URL'],
    [['start', '--port', '0x10'], 'A port is a whole number'],
    [['audit', '--limit', '0'], 'from 1 to 1000'],
    [['join'], 'Say where to join.'],
    [['join', 'http://a:1', '--invite', 'fcn1.AQ'], 'an address or an invite, not both'],
    [['join', 'fcn1.AQ', '--mesh', 'Home'], 'Leave --mesh, --node and --key out.'],
    [['approve', 'laptop'], 'with --code, or --yes'],
    [['approve', 'laptop', '--code', '40291'], 'A code has six digits.'],
    [['approve', 'laptop', '--code', '402913', '--role', 'owner'], 'Allowed choices are admin, member'],
    [['confirm'], 'with --code, or --yes'],
    [['remove', 'nas'], 'Say --yes'],
    [['promote', 'nas'], 'Say --yes'],
    [['demote', 'nas'], 'Say --yes'],
    [['block', 'nas'], 'Say --yes'],
    [['invite', '--for', '31d'], 'It is from 1min to 30d.'],
    [['invite', '--for', 'long'], '30min, 12h or 7d'],
    [['invite', '--uses', '0'], 'from 1 to 100'],
    [['grant', 'disk', 'all'], 'It is everything, storage,'],
    [['grant', 'ai', 'some'], 'Allowed choices are all, admins, nobody, default, allow, refuse'],
    [['grant', 'ai', 'allow'], 'Name it with --peer'],
    [['grant', 'ai', 'all', '--peer', 'nas'], 'For one peer say allow, refuse or default.'],
    [['audit', '--since', 'yesterday'], 'Give a time'],
    [['routes', '--failed', '--result', 'ok'], 'Leave out --failed or --result.'],
    [['audit', 'export', '--limit', '3'], 'Leave --limit out.'],
    [['identity', 'renew'], 'fcn identity renew --id'],
    [['mesh', 'recovery', 'export', 'Home'], '--passphrase-file'],
    [['settings', 'set', 'colour', 'red'], 'Allowed choices are name, port'],
  ])('refuses %j with exit code 64 and says what is right', async (args, hint) => {
    const ran = await runFcn(args)
    expect(ran.code).toBe(64)
    expect(ran.stdout).toBe('')
    expect(ran.stderr).toContain(hint)
  })

  it('prints one JSON document even when the command line is wrong', async () => {
    const ran = await runFcn(['stauts', '--json'])
    expect(ran.json()).toMatchObject({ error: { code: 'usage' } })
    expect(ran.code).toBe(64)
  })

  it('names the data folder when no node runs on it', async () => {
    const ran = await runFcn(['status', '--data', '/nonexistent/fcn'])
    expect(ran.code).toBe(69)
    expect(ran.stderr).toContain('No node is running on the data folder /nonexistent/fcn.')
    expect(ran.stderr).toContain('npm start')
  })

  it('passes on what the node refuses, with its exit code and advice', async () => {
    await using bench = await openBench({
      'mesh.leave': () => {
        throw new FcnError('not_found', 'There is no mesh “Hom”.', { action: 'See: fcn mesh' })
      },
    })
    const ran = await bench.fcn('leave', 'Hom')
    expect(ran).toMatchObject({ code: 66, stdout: '', stderr: 'error: There is no mesh “Hom”.\nSee: fcn mesh\n' })
    expect((await bench.fcn('leave', 'Hom', '--json')).json()).toEqual({
      error: { code: 'not_found', message: 'There is no mesh “Hom”.', action: 'See: fcn mesh' },
    })
  })

  it('does not trust an answer that is not of the contract', async () => {
    await using bench = await openBench({ 'key.show': () => ({ key: 'k' }) })
    for (const text of ['<html>', '', '{}', '{"value":{"key":7}}', '{"error":{"code":"made_up","message":"x"}}']) {
      bench.api.answerNext(200, text)
      expect(await bench.fcn('key')).toMatchObject({ code: 76, stdout: '' })
    }
  })

  it('never sends the token to another machine', async () => {
    await using bench = await openBench()
    await writeRunningFile(bench.dataDir, { pid: process.pid, port: 80, url: 'http://198.51.100.1/', startedAt: 0 })
    const ran = await bench.fcn('key')
    expect(ran.code).toBe(76)
    expect(ran.stderr).toContain('does not name an address of this machine')
  })

  it('shows the token to no other program that got the port of a killed node', async () => {
    await using bench = await openBench()
    const seen: (string | undefined)[] = []
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization)
      // it imitates a node as well as it can, and even asks the real one
      const isChallenge = request.url?.startsWith('/local/v1/proof/') === true
      if (isChallenge) void fetch(new URL(request.url ?? '', bench.api.url)).then(async (real) => response.end(await real.text()))
      else response.writeHead(401).end('{"error":{"code":"unauthorized","message":"The control token is missing or wrong."}}')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await writeRunningFile(bench.dataDir, { pid: process.pid, port, url: `http://127.0.0.1:${port}`, startedAt: 0 })
    expect(await bench.fcn('key')).toMatchObject({ code: 76, stdout: '' })
    expect(seen).toEqual([undefined])
    other.closeAllConnections()
    other.close()
  })

  it('says that no node runs when only the files of a killed one are left', async () => {
    await using bench = await openBench()
    await writeRunningFile(bench.dataDir, { pid: 2 ** 22 + 1, port: 3000, url: 'http://127.0.0.1:3000', startedAt: 0 })
    expect(await bench.fcn('key')).toMatchObject({ code: 69 })
    await writeRunningFile(bench.dataDir, { pid: process.pid, port: 1, url: 'http://127.0.0.1:1', startedAt: 0 })
    expect(await bench.fcn('key')).toMatchObject({ code: 69 })
    await writeFile(join(bench.dataDir, 'running.json'), '{half')
    expect(await bench.fcn('key')).toMatchObject({ code: 69 })
  })

  it('lets no name from elsewhere control the terminal', async () => {
    await using bench = await openBench({ 'service.list': () => [serviceView({ name: 'x\u001b[2Jy\u202ez' })] })
    const { stdout } = await bench.fcn('services')
    expect(stdout).not.toContain('\u001b')
    expect(stdout).toContain('x�[2Jy�z')
  })

  it('colours only a terminal that wants it', async () => {
    const plain = await runFcn(['stauts'])
    expect(plain.stderr).not.toContain('\u001b')
    expect((await runFcn(['stauts'], { isTTY: true, env: { NO_COLOR: '1' } })).stderr).not.toContain('\u001b')
    expect((await runFcn(['stauts'], { isTTY: true })).stderr).toContain('\u001b[31merror:')
  })

  it('starts the headless node with the same choices and ends with its exit code', async () => {
    await using bench = await openBench()
    const script = join(bench.dataDir, 'headless.mjs')
    await writeFile(
      script,
      `process.exit(process.argv.slice(2).join(' ') === '--headless --data ${bench.dataDir} --port 3001 --name nas' ? 42 : 1)`,
    )
    const ran = await runFcn(['start', '--port', '3001', '--name', 'nas', '--data', bench.dataDir], { headless: script })
    expect(ran.code).toBe(42)
  })
})
