import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as fc from 'fast-check'
import { Client } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'

/** A program on loopback that says how often it was reached. */
async function program(listener: RequestListener = (_request, response) => response.end('reached')) {
  let connections = 0
  const server = createServer(listener).on('connection', () => connections++)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, connections: () => connections }
}

type Lookup = NonNullable<NonNullable<Parameters<typeof createDialGuard>[0]>['lookup']>

/** Answers one name after the other, as a name server of somebody who rebinds does. */
const names =
  (...answers: string[][]): Lookup =>
  (_name, _options, answer) => {
    const found = answers.length > 1 ? answers.shift() : answers[0]
    answer(
      null,
      (found ?? []).map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }

const get = async (guard: ReturnType<typeof createDialGuard>, url: string): Promise<string> => {
  const client = new Client(url, { connect: guard.connector(1_000) })
  try {
    return await (await client.request({ path: '/', method: 'GET' })).body.text()
  } catch (error) {
    return (error as { code: string }).code
  } finally {
    await client.destroy()
  }
}

describe('what is dialled on the word of others', () => {
  it('is the host of the URL, by address or name', async () => {
    const { port } = await program()
    const guard = createDialGuard({ lookup: names(['127.0.0.1']) })
    expect(await get(guard, `http://127.0.0.1:${port}`)).toBe('reached')
    expect(await get(guard, `http://nas.example:${port}`)).toBe('reached')
  })

  it('is never a metadata service, a link-local or reserved address, whatever name leads there', async () => {
    for (const address of [
      '169.254.169.254',
      '100.100.100.200',
      '0.0.0.0',
      '224.0.0.1',
      '255.255.255.255',
      'fe80::1',
      '::',
      'fd00:ec2::254',
    ]) {
      const host = address.includes(':') ? `[${address}]` : address
      expect([address, await get(createDialGuard(), `http://${host}:80`)]).toEqual([address, 'refused_address'])
      expect([address, await get(createDialGuard({ lookup: names([address]) }), 'http://innocent.example')]).toEqual([
        address,
        'refused_address',
      ])
    }
    for (const disguise of ['http://2852039166', 'http://0xa9fea9fe', 'http://[::ffff:169.254.169.254]', 'http://[::ffff:a9fe:a9fe]']) {
      expect([disguise, await get(createDialGuard(), new URL(disguise).origin)]).toEqual([disguise, 'refused_address'])
    }
  })

  it('is never this node itself: not by address, not by a name of loopback, not by a name that leads there', async () => {
    const { port, connections } = await program()
    const own = () => ({ port, addresses: ['192.168.1.5'] })
    for (const host of ['127.0.0.1', '127.9.9.9', 'localhost', 'a.localhost', '[::1]', '192.168.1.5', '[::ffff:127.0.0.1]']) {
      expect([host, await get(createDialGuard({ own }), `http://${host}:${port}`)]).toEqual([host, 'own_address'])
    }
    for (const address of ['127.0.0.1', '::1', '192.168.1.5'])
      expect(await get(createDialGuard({ own, lookup: names([address]) }), `http://evil.example:${port}`)).toBe('own_address')
    expect(connections()).toBe(0)
  })

  it('is checked at each connection, so that a name cannot be bound anew in between', async () => {
    const [self, other] = [await program(), await program()]
    const own = () => ({ port: self.port, addresses: [] })
    const guard = createDialGuard({ own, lookup: names(['192.0.2.1'], ['127.0.0.1']) })
    await new Promise<void>((resolve) =>
      guard.lookup(self.port)('evil.example', { all: true }, (error, found) => {
        expect([error, found]).toEqual([null, [{ address: '192.0.2.1', family: 4 }]])
        resolve()
      }),
    )
    expect(await get(guard, `http://evil.example:${self.port}`)).toBe('own_address')
    expect(self.connections() + other.connections()).toBe(0)
  })

  it('uses of several addresses the allowed ones', async () => {
    const { port } = await program()
    const guard = createDialGuard({ lookup: names(['169.254.169.254', '127.0.0.1']) })
    expect(await get(guard, `http://mixed.example:${port}`)).toBe('reached')
    guard.lookup(port)('mixed.example', {}, (error, address) => expect([error, address]).toEqual([null, '127.0.0.1']))
  })

  it('is not dialled when its name is unknown', async () => {
    const guard = createDialGuard({
      lookup: (_name, _options, answer) => answer(Object.assign(new Error('no'), { code: 'ENOTFOUND' }), []),
    })
    expect(await get(guard, 'http://nowhere.example')).toBe('ENOTFOUND')
    expect(await get(createDialGuard({ lookup: names([]) }), 'http://nowhere.example')).toBe('refused_address')
  })

  it('passes the guard in any form only when it is allowed', () => {
    const own = () => ({ port: 3000, addresses: ['192.168.1.5'] })
    const guard = createDialGuard({ own })
    fc.assert(
      fc.property(fc.ipV4(), fc.constantFrom(80, 3000), (address, port) => {
        const [a = 0, b = 0] = address.split('.').map(Number)
        const forbidden = a === 0 || a >= 224 || (a === 169 && b === 254) || address === '100.100.100.200'
        const self = port === 3000 && (a === 127 || address === '192.168.1.5')
        const check = () => guard.check(address, port)
        if (forbidden || self) expect(check).toThrow(forbidden ? /never contacted/u : /this node itself/u)
        else expect(check).not.toThrow()
      }),
    )
  })
})
