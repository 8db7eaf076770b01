import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventually } from '../../support/eventually.ts'
import { openHome, openServer, whyNoHomes } from './home.ts'
import { type HostileMode, wholesome } from './hostile-mode.ts'
import { foundHub, type Internet, letInByInvite, openInternet, untilPath } from './internet.ts'
import { skipped } from './lab.ts'
import type { Resident } from './resident.ts'

const missing = whyNoHomes()
const size = 8 * 1024 * 1024
/** Longer than any of these takes, ms. */
const patience = 20_000

describe.skipIf(missing !== null)(`a hub that meddles with what it passes on${skipped(missing)}`, () => {
  let internet: Internet
  let folder: string
  let ana: Resident
  let ben: Resident
  let cleo: Resident
  const modeFile = () => join(folder, 'mode.json')
  const act = async (mode: HostileMode) => {
    writeFileSync(`${modeFile()}.done`, '')
    writeFileSync(`${modeFile()}.next`, JSON.stringify(mode))
    renameSync(`${modeFile()}.next`, modeFile()) // whole, whenever it is read
    await eventually('it does', () => readFileSync(`${modeFile()}.applied`, 'utf8') === JSON.stringify(mode))
  }
  /** How it has meddled since. */
  const done = () => [...new Set(readFileSync(`${modeFile()}.done`, 'utf8').trim().split('\n'))]
  const upload = () => ana.use('cleo', 'echo', '/', { method: 'POST', upload: size, limit: patience })
  const taken = async () => (await cleo.hand.echo()).digests
  const idOf = async (resident: Resident) => (await resident.call('node.get')).id

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fcn-hostile-'))
    writeFileSync(modeFile(), JSON.stringify(wholesome))
    internet = await openInternet()
    const { lab, settle } = internet
    const one = await openHome(lab, 'one', { addresses: '192.168.1', outside: '203.0.113.11', ports: 'kept' })
    const two = await openHome(lab, 'two', { addresses: '192.168.2', outside: '203.0.113.12', ports: 'kept' })
    const nodeArgs = ['--import', join(import.meta.dirname, 'hostile-hub.ts')]
    const meddling = { nodeArgs, env: { FCN_HOSTILE: modeFile() } }
    const [hubs, others] = await Promise.all([
      settle([await openServer(lab, 'hub', '203.0.113.1')], meddling),
      settle([await one.member('ana', 20), await two.member('ben', 21), await two.member('cleo', 20)]),
    ])
    const [hub] = hubs as [Resident]
    ;[ana, ben, cleo] = others as [Resident, Resident, Resident]
    await foundHub(hub, 'Maple Street')
    await letInByInvite(hub, others)
    for (const each of [ben, cleo]) await each.fcn('share', 'echo', String((await each.hand.echo()).port))
    await untilPath(ana, cleo, 'relayed')
    await eventually('the service is used', async () => (await upload()).status === 200)
  })
  afterAll(async () => {
    await internet?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const lanes = [true, false]
  const ways = ['flip', 'drop', 'replay', 'reflect'] as const
  const cases = lanes.flatMap((lanes) => ways.map((how) => ({ how, lanes }))).filter(({ how, lanes }) => lanes || how !== 'reflect')
  it.each(cases)('gets nothing accepted by $how (in a lane: $lanes), and the caller is told', async (mode) => {
    const before = await taken()
    await act(mode)
    const { status, text, error, ms } = await upload()
    expect(done()).toEqual([mode.how])
    process.stdout.write(`${mode.how}${mode.lanes ? '' : ' in the tunnel'}: ${status} after ${ms.toFixed(0)} ms ${error ?? ''} ${text}\n`)
    expect(error === null ? status : 502).toBeGreaterThanOrEqual(500)
    if (error === null)
      expect(JSON.parse(text)).toMatchObject({ code: expect.any(String) as string, message: expect.any(String) as string })
    expect(ms).toBeLessThan(patience)
    expect(await taken()).toEqual(before)
    const download = await ana.use('cleo', 'echo', `/bytes/${size}`, { limit: patience })
    process.stdout.write(`  download: ${download.status} after ${download.ms.toFixed(0)} ms, ${download.bytes} bytes, ${download.error}\n`)
    expect(download.status === 200 && download.error === null).toBe(false)
    expect(download.error).not.toBe('TimeoutError')
    await act(wholesome)
    const whole = await eventually('it works again', async () => {
      const result = await upload()
      if (result.status !== 200) throw new Error(`${result.status} ${result.error} ${result.text}`)
      return result
    })
    expect((await taken()).at(-1)).toBe(whole.sentSha256)
  })

  it.each(['flip early', 'redirect', 'itself'] as const)('gets no connection by %s, and the caller is told', async (how) => {
    const before = [await taken(), (await ben.hand.echo()).requests]
    await act({ how, instead: { of: await idOf(cleo), to: await idOf(ben) } })
    const { status, text, error, ms } = await upload()
    process.stdout.write(`${how}: ${status} after ${ms.toFixed(0)} ms ${error ?? ''} ${text}\n`)
    expect(done()).toEqual([how])
    expect(error).toBeNull()
    expect(status).toBeGreaterThanOrEqual(500)
    if (how !== 'flip early') expect(text).toContain('Another node answers at this address.')
    expect([await taken(), (await ben.hand.echo()).requests]).toEqual(before)
    await act(wholesome)
    await eventually('it works again', async () => (await upload()).status === 200)
  })
})
