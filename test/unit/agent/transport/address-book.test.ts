import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it } from 'vitest'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { type AddressBook, addressBookSchema, createAddressBook } from '../../../../electron/agent/transport/address-book.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'

const node = 'K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ'
const [one, two, three] = ['https://10.0.0.1:3000', 'https://10.0.0.2:3000', 'https://nas:4000'] as const
const refused = new FcnError('unreachable', 'The connection was refused.')

let database: DatabaseSync
let clock: FakeClock
let book: AddressBook
beforeEach(() => {
  database = new DatabaseSync(':memory:')
  database.exec(addressBookSchema)
  clock = createFakeClock()
  book = createAddressBook({ database, clock })
})
const reopened = () => createAddressBook({ database, clock })

describe('address book', () => {
  it('keeps the given order until something is known, then puts first what worked last', async () => {
    book.learn(node, [one, two, three], 'record')
    expect(book.inOrder(node)).toEqual([one, two, three])
    book.succeeded(node, two)
    expect(book.inOrder(node)).toEqual([two, one, three])
    await clock.advance(1_000)
    book.succeeded(node, three)
    book.failed(node, two, refused)
    expect(book.inOrder(node)).toEqual([three, one, two])
  })

  it('goes round among addresses that all fail', async () => {
    book.learn(node, [one, two, three], 'record')
    const tried: (string | undefined)[] = []
    for (let round = 0; round < 4; round++) {
      const [first = ''] = book.inOrder(node)
      tried.push(first)
      book.failed(node, first, refused)
      await clock.advance(1_000)
    }
    expect(tried).toEqual([one, two, three, one])
  })

  it('survives a restart, with the last error of each address', () => {
    book.learn(node, [one, two], 'record')
    book.succeeded(node, one)
    book.failed(node, two, refused)
    expect(reopened().all(node)).toEqual(book.all(node))
    expect(reopened().all(node)[1]?.lastError).toMatchObject({ code: 'unreachable', at: clock.now() })
  })

  it('replaces what an older record said, and keeps what the user or the network has shown', () => {
    book.learn(node, [one, two], 'record', true)
    book.learn(node, [three], 'joined')
    book.succeeded(node, two)
    book.learn(node, [two], 'record', true)
    expect(new Set(book.inOrder(node))).toEqual(new Set([two, three]))
    expect(book.all(node).find(({ url }) => url === two)?.lastOk).toBe(clock.now())
  })

  it('leaves out addresses that are none, and keeps at most sixteen', () => {
    book.learn(node, ['ftp://x', 'https://169.254.169.254:80', 'nonsense', `${one}/path`], 'record')
    expect(book.inOrder(node)).toEqual([one])
    book.learn(
      node,
      Array.from({ length: 40 }, (_, i) => `https://10.1.0.${i}:3000`),
      'record',
    )
    expect(book.all(node)).toHaveLength(16)
  })

  it('has direct addresses before hubs, and both before what failed, whatever the order they were learnt in', () => {
    const [hub, otherHub] = [`relay://${node}`, 'relay://AADVVYZ-NERFMMO-TKDB2KZ-4S25472']
    book.learn(node, [hub, otherHub, one, two, three], 'record')
    book.succeeded(node, hub)
    book.succeeded(node, two)
    book.failed(node, otherHub, refused)
    book.failed(node, three, refused)
    expect(book.inOrder(node)).toEqual([two, one, hub, three, otherHub])
  })

  it('takes hubs by their whole id and nothing else', () => {
    const hub = `relay://${node}`
    book.learn(node, [hub, hub.toLowerCase(), `${hub}/path`, `${hub}:3000`, 'relay://', 'relay://nas', `RELAY://${node}`], 'record')
    expect(book.inOrder(node)).toEqual([hub])
    expect(reopened().inOrder(node)).toEqual([hub])
  })

  it('tells whether any address is new', () => {
    const learn = (...urls: string[]) => book.learn(node, urls, 'record', true)
    expect([learn(one, two), learn(one, two), learn(two, one), learn(two), learn(two, three), learn('nonsense')]).toEqual([
      true,
      false,
      false,
      false,
      true,
      false,
    ])
  })

  it('writes rarely while nothing changes', async () => {
    book.learn(node, [one], 'record')
    book.succeeded(node, one)
    const written = () => database.prepare('SELECT last_ok FROM node_addresses').get()?.['last_ok']
    const first = written()
    await clock.advance(30_000)
    book.succeeded(node, one)
    expect(written()).toBe(first)
    await clock.advance(40_000)
    book.succeeded(node, one)
    expect(written()).toBe(clock.now())
  })

  it('forgets a node', () => {
    book.learn(node, [one], 'record')
    book.forget(node)
    expect(book.all(node)).toEqual([])
    expect(reopened().all(node)).toEqual([])
  })
})
