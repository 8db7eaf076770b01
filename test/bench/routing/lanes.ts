/** The lanes of the hop: the same upstream asked directly, through nginx, haproxy, a bare Node proxy, and through ours. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Identity } from '../../../electron/agent/components.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { freePort } from '../../support/free-port.ts'
import { haproxyCommand, hasHaproxy } from './haproxy.ts'
import { type Certified, nginxProxyCommand, upstreamCommand } from './nginx.ts'
import { nodeCommand, startPinned, startProcess } from './pinned-process.ts'
import { relayCommand } from './relay-command.ts'
import { peerBase, programBase } from './static-view.ts'

export interface Lane {
  name: 'direct' | 'nginx' | 'haproxy' | 'bare dispatch' | 'ours'
  port: number
  /** What goes before the path of the upstream. */
  base: string
  /** The proxy's process; null for the direct lane. */
  pid: number | null
}

export interface Lanes extends AsyncDisposable {
  lanes: Lane[]
  folder: string
}

interface LanesOptions {
  only?: readonly Lane['name'][]
  /** What SIGUSR2 makes ours write. */
  observe?: 'profile' | 'loop delay'
  /** Whether all run on the CPU of the bench. */
  pinned?: boolean
}

/** Starts the upstream and the chosen lanes, those that are installed when none is chosen. */
export async function startLanes({ only = [], observe, pinned = true }: LanesOptions = {}): Promise<Lanes> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'fcn-hop-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const start = async (command: readonly string[], port: number) =>
    stack.use(await (pinned ? startPinned(command, port) : startProcess(command, port))).pid

  const identities = { own: await createTestIdentity(), peer: await createTestIdentity() }
  const own = certified(folder, 'own', identities.own)
  const peer = certified(folder, 'peer', identities.peer)
  const [plainPort, tlsPort] = [await freePort(), await freePort()]
  await start(upstreamCommand(folder, { plainPort, tlsPort, base: peerBase, identity: peer }), plainPort)

  const lanes: Lane[] = []
  const wants = (name: Lane['name']) => only.length === 0 || only.includes(name)
  const add = async (name: Lane['name'], base: string, commandFor: (port: number) => readonly string[] | Promise<readonly string[]>) => {
    if (!wants(name)) return
    const port = await freePort()
    lanes.push({ name, port, base, pid: await start(await commandFor(port), port) })
  }
  if (wants('direct')) lanes.push({ name: 'direct', port: plainPort, base: peerBase, pid: null })
  await add('nginx', peerBase, (port) => nginxProxyCommand(folder, { port, tlsPort, own, peer }))
  if (hasHaproxy) await add('haproxy', peerBase, (port) => haproxyCommand(folder, { port, tlsPort, own, peer }))
  const bare = join(import.meta.dirname, 'bare-dispatch.ts')
  await add('bare dispatch', peerBase, (port) => nodeCommand(bare, [String(port), `https://127.0.0.1:${tlsPort}`, own.key, own.cert]))
  const peers = [{ id: identities.peer.id, url: `https://127.0.0.1:${tlsPort}` }]
  const relay = { peers, identity: identities.own, ...(observe && { observe }) }
  await add('ours', programBase, (port) => relayCommand(folder, { ...relay, port }))

  const held = stack.move()
  return { lanes, folder, [Symbol.asyncDispose]: () => held.disposeAsync() }
}

function certified(folder: string, name: string, { id, tls: { key, cert } }: Identity): Certified {
  const file = (ending: string, text: string) => {
    const path = join(folder, `${name}.${ending}`)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  return { key: file('key', key), cert: file('crt', cert), both: file('pem', `${cert}\n${key}`), name: id.toLowerCase() }
}
