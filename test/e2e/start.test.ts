import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
/** A desktop without a screen, on every system that knows such a thing. */
const { DISPLAY: _x11, WAYLAND_DISPLAY: _wayland, ...screenless } = process.env

let folder: string
let children: ChildProcess[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fcn start '))
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

/** What `npm start -- …` runs, with what it has said so far. */
function start(...args: string[]) {
  const child = spawn(process.execPath, ['electron/start.mjs', '--data', folder, '--host', '127.0.0.1', ...args], {
    cwd: root,
    env: screenless,
  })
  children.push(child)
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk: Buffer) => (said.out += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (said.err += chunk.toString()))
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  return { child, said, ended }
}

test('--headless runs the node and prints the address of its page', async () => {
  const { child, said, ended } = start('--headless', '--name', 'attic-nas')
  await expect.poll(() => said.out, { timeout: 15_000 }).toMatch(/Open its page at +http:\/\/127\.0\.0\.1:\d+\/open\/\S+/)
  expect(said.out).toMatch(/attic-nas runs as \S{7}-\S{7}-\S{7}-\S{7}/)
  expect(said.err).toBe('')
  child.kill('SIGTERM')
  if (process.platform !== 'win32') expect(await ended).toBe(0)
})

test.runIf(process.platform === 'linux')('without a display it says so in one line and runs the node', async () => {
  const { said } = start()
  await expect.poll(() => said.out, { timeout: 15_000 }).toMatch(/Open its page at/)
  expect(said.err).toBe('No desktop app here, because there is no display. The node runs without it, and its page opens in a browser.\n')
})

test('arguments that do not fit are explained, with exit code 64 and no stack trace', async () => {
  const { said, ended } = start('--headless', '--prot', '3000')
  expect(await ended).toBe(64)
  expect(said.err).toBe("Unknown option '--prot'.\n`npm start -- --help` lists what can be given.\n")
})

test('a chosen port that is taken is named, with exit code 69', async () => {
  const server = await new Promise<Server>((resolve) => {
    const listening = createServer().listen(0, '127.0.0.1', () => resolve(listening))
  })
  const { port } = server.address() as { port: number }
  const { said, ended } = start('--headless', '--port', String(port))
  expect(await ended).toBe(69)
  expect(said.err).toContain(String(port))
  expect(said.err).not.toMatch(/^\s+at /m)
  server.close()
})
