import { createSocket } from 'node:dgram'
import { describe, expect, it } from 'vitest'
import { createNatPmp } from '../../../../../electron/agent/network/port-mapping/nat-pmp.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { type NatPmpRouter, openNatPmpRouter } from '../../../../fakes/nat-pmp-router.ts'
import { eventually } from '../../../../support/eventually.ts'
import { freePort } from '../../../../support/free-port.ts'

const route = { gateway: '127.0.0.1', own: '127.0.0.1' }
const never = new AbortController().signal
const wish = { port: 3000, outside: 3000, lifetime: 3600 }

function asking({ port }: Pick<NatPmpRouter, 'port'>) {
  const clock = createFakeClock()
  const mapper = createNatPmp({ clock }, { port })
  return { clock, mapper, find: (signal = never) => mapper.find(route, signal) }
}

describe('asking a router by NAT-PMP', () => {
  it('learns its address, maps a port for an hour, and takes it back', async () => {
    await using router = await openNatPmpRouter()
    const found = await asking(router).find()
    expect(found).toMatchObject({ protocol: 'NAT-PMP', address: '11.22.33.1' })
    expect(await found?.map(wish, never)).toEqual({ outside: 3000, lifetime: 3600 })
    expect([...router.mapped]).toEqual([[3000, { outside: 3000, lifetime: 3600 }]])
    await found?.unmap(wish, never)
    expect(router.mapped.size).toBe(0)
  })

  it('takes another port than the one it asked for', async () => {
    await using router = await openNatPmpRouter()
    router.gives = 40_000
    expect(await (await asking(router).find())?.map(wish, never)).toEqual({ outside: 40_000, lifetime: 3600 })
  })

  it('asks again when a packet is lost', async () => {
    await using router = await openNatPmpRouter()
    router.deaf = 2
    const { clock, find } = asking(router)
    const found = find()
    for (const [index, pause] of [250, 500].entries()) {
      await eventually('the question arrives', () => router.heard === index + 1)
      await clock.advance(pause)
    }
    expect(await found).not.toBeNull()
  })

  it('gives up after less than four seconds, and keeps no timer', async () => {
    await using router = await openNatPmpRouter()
    router.deaf = 99
    const { clock, find } = asking(router)
    const found = find()
    await eventually('the question arrives', () => router.heard === 1)
    await clock.advance(3_999)
    expect(await found).toBeNull()
    expect(clock.pending).toBe(0)
  })

  it('knows at once that nobody listens there', async () => {
    expect(await asking({ port: await freePort() }).find()).toBeNull()
  })

  it('ends when it is aborted', async () => {
    await using router = await openNatPmpRouter()
    router.deaf = 99
    const { clock, find } = asking(router)
    const aborted = new AbortController()
    const found = find(aborted.signal)
    await eventually('the question arrives', () => router.heard === 1)
    aborted.abort(new Error('enough'))
    await expect(found).rejects.toThrow('enough')
    expect(clock.pending).toBe(0)
    await expect(find(aborted.signal)).rejects.toThrow('enough')
  })

  it('lives through packets of every length that make no sense', async () => {
    await using router = await openNatPmpRouter()
    router.nonsense = Array.from({ length: 40 }, (_, length) => Buffer.alloc(length, 0x80))
    expect(await asking(router).find()).toMatchObject({ address: '11.22.33.1' })
  })

  it('does not hear a neighbour that answers in the router’s place', async () => {
    await using router = await openNatPmpRouter()
    const neighbour = createSocket('udp4').bind(router.port, '127.0.0.2')
    router.deaf = 1
    router.onQuestion = ({ port }) => neighbour.send(Buffer.from('00800000000000010b16210c', 'hex'), port, '127.0.0.1')
    const { clock, find } = asking(router)
    const found = find()
    await eventually('the question arrives', () => router.heard === 1)
    await clock.advance(250)
    expect(await found).toMatchObject({ address: '11.22.33.1' })
    neighbour.close()
  })

  it.each([
    [1, null],
    [5, null],
    [2, 'refused'],
    [3, 'no_address'],
    [4, 'refused'],
  ])('understands result %i', async (result, why) => {
    await using router = await openNatPmpRouter()
    router.result = result
    const said = await asking(router)
      .find()
      .catch((error: { why: string }) => error.why)
    expect(said).toBe(why)
  })

  it('says why a router that told its address does not map', async () => {
    await using router = await openNatPmpRouter()
    const found = await asking(router).find()
    router.result = 4
    await expect(found?.map(wish, never)).rejects.toMatchObject({ why: 'refused', message: 'It has no free port left.' })
  })
})
