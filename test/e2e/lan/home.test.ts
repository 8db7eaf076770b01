import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Hand, startHand } from './hand.ts'
import { openHome, openServer, whyNoHomes } from './home.ts'
import { type Host, type Lab, openLab, skipped } from './lab.ts'
import { layLine } from './slow-line.ts'

const missing = whyNoHomes()
const forgetsAfter = 2
/** What is not heard for so long is not heard at all, ms. */
const silence = 1_000
const servers = ['203.0.113.1', '203.0.113.2'] as const

/** What the tests of hubs build on must be as it says, or they show nothing. */
describe.skipIf(missing !== null)(`homes of the laboratory${skipped(missing)}`, () => {
  let lab: Lab
  const stack = new DisposableStack()
  const handAt = async (host: Host): Promise<Hand> => stack.use(await startHand(host))
  const seenFrom = async (hand: Hand, host: string, localPort: number, limit?: number) =>
    (await hand.say({ host, port: 4000, localPort, ...(limit !== undefined && { limit }) })).heard

  beforeAll(async () => {
    lab = await openLab()
    await lab.lan('internet')
    for (const [index, address] of servers.entries()) await (await handAt(await openServer(lab, `server${index}`, address))).listen(4000)
  })
  afterAll(async () => {
    stack.dispose()
    await lab?.[Symbol.asyncDispose]()
  })

  it('keep the port of a connection, let nobody in, and forget who was silent', async () => {
    const home = await openHome(lab, 'one', { addresses: '192.168.1', outside: '203.0.113.11', ports: 'kept', forgetsAfter })
    const ana = await handAt(await home.member('ana', 20))
    expect(await seenFrom(ana, servers[0], 5000)).toBe('203.0.113.11 5000')
    expect(await seenFrom(ana, servers[1], 5001)).toBe('203.0.113.11 5001')
    await ana.listen(4000)
    const outsider = await handAt(await openServer(lab, 'outsider', '203.0.113.3'))
    const inward = ['203.0.113.11', '192.168.1.20'].map((host) => seenFrom(outsider, host, 5000, silence))
    expect(await Promise.all(inward)).toEqual([null, null])
    // the packets that tried to come in were no part of the connections
    await delay(forgetsAfter * 1000)
    expect(await seenFrom(ana, servers[0], 5000, silence)).toBeNull()
    expect(await seenFrom(ana, servers[0], 5002)).toBe('203.0.113.11 5002')
  })

  it('may give each connection another port, over a line that takes its time', async () => {
    await lab.lan('far')
    stack.use(await layLine(lab, ['internet', 'far'], { delay: 100, loss: 0 }))
    const home = await openHome(lab, 'two', { addresses: '192.168.1', outside: '203.0.113.12', ports: 'random', at: 'far' })
    const ben = await handAt(await home.member('ben', 20))
    const seen = await Promise.all(servers.map((host) => seenFrom(ben, host, 5000)))
    const ports = seen.map((each) => /^203\.0\.113\.12 (\d+)$/u.exec(each ?? '')?.[1])
    expect(ports).not.toContain(undefined)
    expect(new Set([...ports, '5000']).size).toBe(3)
    const { ms } = await ben.say({ host: servers[0], port: 4000, localPort: 5000 })
    process.stdout.write(`a line of 100 ms each way: ${ms.toFixed(0)} ms there and back\n`)
    expect(ms).toBeGreaterThanOrEqual(199)
    expect(ms).toBeLessThan(1_000) // what a busy machine adds is no part of the line
  })
})
