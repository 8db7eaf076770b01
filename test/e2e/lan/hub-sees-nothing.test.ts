import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openHome, openServer, whyNoHomes } from './home.ts'
import { foundHub, type Internet, letInByInvite, openInternet, untilPath } from './internet.ts'
import { type Host, skipped } from './lab.ts'
import { countIn, countInMemory } from './process-memory.ts'
import type { Resident } from './resident.ts'
import { readSessionKeys, type SessionKeys } from './session-keys.ts'
import { layLine } from './slow-line.ts'

const missing = whyNoHomes()
const mebibyte = 1024 * 1024
const size = 24 * mebibyte
const newMarker = () => randomBytes(20).toString('hex')

/** Every packet from and to the hub is recorded, and its memory is read while it passes on a request that is full of a marker. */
describe.skipIf(missing !== null)(`what a hub sees of a request it passes on${skipped(missing)}`, () => {
  let internet: Internet
  let folder: string
  let hub: Resident
  let ana: Resident
  let cleo: Resident
  const stack = new DisposableStack()
  const [secret, plain] = [newMarker(), newMarker()]
  const record = () => join(folder, 'record')
  const keysOf = ({ name }: { name: string }): SessionKeys[] => readSessionKeys(join(folder, `${name}.keys`))

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fcn-record-'))
    internet = await openInternet()
    const { lab, settle } = internet
    await lab.lan('watched')
    stack.use(await layLine(lab, ['internet', 'watched'], { delay: 0, loss: 0, record: record() }))
    const one = await openHome(lab, 'one', { addresses: '192.168.1', outside: '203.0.113.11', ports: 'kept' })
    const two = await openHome(lab, 'two', { addresses: '192.168.2', outside: '203.0.113.12', ports: 'kept' })
    const hosts = [await openServer(lab, 'hub', '203.0.113.1', 'watched'), await one.member('ana', 20), await two.member('cleo', 20)]
    const withKeys = async (host: Host) => (await settle([host], { nodeArgs: [`--tls-keylog=${join(folder, `${host.name}.keys`)}`] }))[0]
    ;[hub, ana, cleo] = (await Promise.all(hosts.map(withKeys))) as [Resident, Resident, Resident]
    await foundHub(hub, 'Maple Street')
    await letInByInvite(hub, [ana, cleo])
    await cleo.fcn('share', 'echo', String((await cleo.hand.echo()).port))
    await untilPath(ana, cleo, 'relayed')
    await eventually('the service is used', async () => (await ana.use('cleo', 'echo', '/')).status === 200)
  })
  afterAll(async () => {
    await internet?.[Symbol.asyncDispose]()
    stack.dispose()
    await rm(folder, { recursive: true, force: true })
  })

  it('is neither its content nor a key that opens it: not in memory, and not in what it reads and writes', async () => {
    const start = (await stat(record())).size
    const headers = { 'x-secret': secret }
    const passing = ana.use('cleo', 'echo', `/${secret}`, { method: 'POST', upload: size, filledWith: secret, headers, limit: 50_000 })
    await eventually('it is on its way', async () => (await stat(record())).size > start + size / 4)
    process.kill(hub.node.pid, 'SIGSTOP')
    const [known, between] = [keysOf(hub), sessionsBetween(keysOf(ana), keysOf(cleo), keysOf(hub))]
    const search = (pid: number, keys: readonly Buffer[]) => countInMemory(pid, [Buffer.from(secret), ...keys])
    const own = known.flatMap(({ keys }) => keys)
    const inner = between.flatMap(({ keys }) => keys)
    const atHub = search(hub.node.pid, [...inner, ...own])
    process.kill(hub.node.pid, 'SIGCONT')
    const atCleo = search(cleo.node.pid, inner)
    const result = await passing

    // the search would find them: whoever the request is for has them, as the hub has the keys of its own sessions
    expect(between.length).toBeGreaterThan(0)
    expect(atCleo[0]).toBeGreaterThan(0)
    expect(atCleo.slice(1).filter((count) => count > 0).length).toBeGreaterThanOrEqual(4)
    expect(atHub.slice(1 + inner.length).filter((count) => count > 0).length).toBeGreaterThanOrEqual(4)
    expect(atHub.slice(0, 1 + inner.length)).toEqual(Array.from({ length: 1 + inner.length }, () => 0))

    expect(JSON.parse(result.text)).toMatchObject({ sha256: result.sentSha256, path: `/${secret}` })
    await ana.hand.request({ url: `http://203.0.113.1:3000/${plain}` })
    const recorded = await readFile(record())
    expect(countIn(recorded, Buffer.from(plain))).toBeGreaterThan(0)
    expect(countIn(recorded, Buffer.from('FCN-LANE '))).toBeGreaterThan(0)
    expect(recorded.length).toBeGreaterThan(2 * size)
    expect([Buffer.from(secret), ...inner].map((each) => countIn(recorded, each))).toEqual(atHub.slice(0, 1 + inner.length))
    process.stdout.write(
      `the hub was searched for ${inner.length} keys of ${between.length} sessions and a marker, in its memory and in ${recorded.length >> 20} MiB of traffic\n`,
    )
  })
})

/** Sessions that both ends have, and the hub has not. */
function sessionsBetween(one: readonly SessionKeys[], other: readonly SessionKeys[], hub: readonly SessionKeys[]): SessionKeys[] {
  const has = (all: readonly SessionKeys[], wanted: string) => all.some(({ session }) => session === wanted)
  return one.filter(({ session }) => has(other, session) && !has(hub, session))
}
