import { createSocket } from 'node:dgram'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it } from 'vitest'
import { locationOf, routerUrl } from '../../../../../electron/agent/network/port-mapping/ssdp.ts'
import { createUpnp } from '../../../../../electron/agent/network/port-mapping/upnp.ts'
import { systemClock } from '../../../../../electron/agent/support/clock.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { openUpnpRouter, ssdpAnswer, type UpnpRouter } from '../../../../fakes/upnp-router.ts'
import { eventually } from '../../../../support/eventually.ts'
import { freePort } from '../../../../support/free-port.ts'

const route = { gateway: '127.0.0.1', own: '127.0.0.1' }
const never = new AbortController().signal
const wish = { port: 3000, outside: 3000, lifetime: 3600 }
const find = ({ port }: Pick<UpnpRouter, 'port'>, signal = never) => createUpnp({ clock: systemClock }, { port }).find(route, signal)
const target = 'urn:schemas-upnp-org:device:InternetGatewayDevice:1'

describe('asking a router by UPnP', () => {
  it.each([1, 2] as const)('learns its address, maps a port for an hour, and takes it back (version %i)', async (version) => {
    await using router = await openUpnpRouter()
    router.version = version
    const found = await find(router)
    expect(found).toMatchObject({ protocol: 'UPnP', address: '11.22.33.1' })
    expect(await found?.map(wish, never)).toEqual({ outside: 3000, lifetime: 3600 })
    expect(await found?.map(wish, never)).toEqual({ outside: 3000, lifetime: 3600 })
    expect([...router.mapped]).toEqual([[3000, { target: '127.0.0.1:3000', lifetime: 3600 }]])
    await found?.unmap(wish, never)
    expect(router.mapped.size).toBe(0)
  })

  it('takes another port where somebody else has the one it wants, and leaves that alone', async () => {
    await using router = await openUpnpRouter()
    router.mapped.set(3000, { target: '127.0.0.9:3000', lifetime: 0 })
    const found = await find(router)
    const granted = await found?.map(wish, never)
    expect(granted?.outside).toBeGreaterThan(49_151)
    expect(router.mapped.get(granted?.outside ?? 0)?.target).toBe('127.0.0.1:3000')
    await found?.unmap({ port: 3000, outside: granted?.outside ?? 0 }, never)
    expect([...router.mapped.keys()]).toEqual([3000])
  })

  it('takes a mapping without an end where the router knows no other', async () => {
    await using router = await openUpnpRouter()
    router.onlyPermanent = true
    expect(await (await find(router))?.map(wish, never)).toEqual({ outside: 3000, lifetime: null })
  })

  it('says what the router says when it refuses, cut to what can be shown', async () => {
    await using router = await openUpnpRouter()
    const found = await find(router)
    router.instead = (_request, response) => {
      response.writeHead(500).end(`<errorCode>606</errorCode><errorDescription>\u001b[31mno${'o'.repeat(999)}</errorDescription>`)
      return true
    }
    const error = await found?.map(wish, never).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ why: 'refused', message: expect.stringMatching(/^It says no \(UPnP error 606, \[31mno{1,200}\)\.$/u) })
  })

  it.each(['', '0.0.0.0', 'router.example'])('knows that a router with address “%s” has none', async (address) => {
    await using router = await openUpnpRouter()
    router.address = address
    await expect(find(router)).rejects.toMatchObject({ why: 'no_address' })
  })

  it('finds none where nobody answers, and keeps no timer', async () => {
    const clock = createFakeClock()
    const found = createUpnp({ clock }, { port: await freePort() }).find(route, never)
    const state = { isOver: false }
    void found.then(() => (state.isOver = true))
    await eventually('it gives up', async () => {
      await clock.advance(100)
      return state.isOver
    })
    expect(await found).toBeNull()
    expect(clock.pending).toBe(0)
  })

  it('ends when it is aborted', async () => {
    await using router = await openUpnpRouter()
    const aborted = new AbortController()
    router.instead = () => {
      aborted.abort(new Error('enough'))
      return true
    }
    await expect(find(router, aborted.signal)).rejects.toThrow('enough')
  })
})

describe('a router, or who pretends to be one, cannot by UPnP', () => {
  it('lead this node to another machine, by its answer or by its description', async () => {
    const visits: string[] = []
    const other = createServer((request, response) => {
      visits.push(String(request.url))
      response.end()
    })
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.2', resolve))
    const elsewhere = `http://127.0.0.2:${(other.address() as AddressInfo).port}`
    await using router = await openUpnpRouter()
    router.nonsense = [ssdpAnswer(target, `${elsewhere}/desc.xml`)]
    router.control = `${elsewhere}/ctl`
    expect(await find(router)).toBeNull()
    router.control = '/ctl'
    router.instead = (_request, response) => {
      response.writeHead(302, { location: `${elsewhere}/moved` }).end()
      return true
    }
    expect(await find(router)).toBeNull()
    expect(router.asked).toEqual(['GET /desc.xml', 'GET /desc.xml'])
    expect(visits).toEqual([])
    other.close()
  })

  it('be a neighbour that answers in its place', async () => {
    await using router = await openUpnpRouter()
    const neighbour = createSocket('udp4').bind(0, '127.0.0.2')
    router.onQuestion = ({ port }) => neighbour.send(ssdpAnswer(target, `${router.origin}/forged.xml`), port, '127.0.0.1')
    expect(await find(router)).toMatchObject({ address: '11.22.33.1' })
    expect(router.asked).not.toContain('GET /forged.xml')
    neighbour.close()
  })

  it('hold it with a description that never ends', async () => {
    await using router = await openUpnpRouter()
    let sent = 0
    router.instead = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384, 32))) sent += 16_384
      }
      response.on('drain', more)
      more()
      return true
    }
    expect(await find(router)).toBeNull()
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  it.each([
    ['another machine', ssdpAnswer(target, 'http://10.1.0.9/desc.xml')],
    ['a name', ssdpAnswer(target, 'http://router.example/desc.xml')],
    ['another scheme', ssdpAnswer(target, 'file:///etc/passwd')],
    ['a password', ssdpAnswer(target, 'http://admin:admin@10.1.0.1/reboot')],
    ['another kind of device', ssdpAnswer('urn:schemas-upnp-org:device:MediaServer:1', 'http://10.1.0.1/desc.xml')],
    ['nowhere', `HTTP/1.1 200 OK\r\nST: ${target}\r\n\r\n`],
    ['what nobody asked for', `NOTIFY * HTTP/1.1\r\nST: ${target}\r\nLOCATION: http://10.1.0.1/desc.xml\r\n\r\n`],
  ])('lead to %s', (_name, packet) => expect(locationOf(packet, '10.1.0.1')).toBeNull())

  it('be missed for an address that it writes in its own way', () => {
    expect(locationOf(ssdpAnswer(target, 'http://10.1.0.1:5000/desc.xml'), '10.1.0.1')?.href).toBe('http://10.1.0.1:5000/desc.xml')
    expect(routerUrl('ctl/x?y', '10.1.0.1', new URL('http://10.1.0.1:5000/a/desc.xml'))?.href).toBe('http://10.1.0.1:5000/a/ctl/x?y')
  })
})
