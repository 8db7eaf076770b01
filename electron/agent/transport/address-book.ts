/** What is known about the addresses of nodes: where each was learnt, and how the last tries went. Kept in SQLite. */
import type { DatabaseSync } from 'node:sqlite'
import { z } from 'zod'
import { addressView, type AddressView } from '../../contract/snapshot.ts'
import type { NodeId } from '../components.ts'
import type { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { transaction } from '../support/transaction.ts'
import { hubOf, isRelayUrl } from '../protocol/relay-url.ts'
import { originOf, parseNodeUrl } from './node-url.ts'

export const addressBookSchema = `
CREATE TABLE IF NOT EXISTS node_addresses (
  node_id TEXT NOT NULL, url TEXT NOT NULL, found_via TEXT NOT NULL, last_ok REAL, last_error TEXT, place INTEGER NOT NULL,
  PRIMARY KEY (node_id, url)
) STRICT;
`

/** Addresses kept per node, and nodes; the oldest give way. */
const maxAddresses = 16
const maxNodes = 2_048
/** `lastOk` of an address in use is written this often at most, ms. */
const saveInterval = 60_000

const row = z
  .object({
    node_id: z.string(),
    url: z.string(),
    found_via: addressView.shape.foundVia,
    last_ok: z.number().nullable(),
    last_error: z.string().nullable(),
  })
  .transform((stored) => ({
    node: stored.node_id,
    view: addressView.parse({
      url: stored.url,
      foundVia: stored.found_via,
      lastOk: stored.last_ok,
      lastError: stored.last_error === null ? null : JSON.parse(stored.last_error),
    }),
  }))

export type AddressBook = ReturnType<typeof createAddressBook>

export function createAddressBook({ database, clock }: { database: DatabaseSync; clock: Clock }) {
  const book = new Map<NodeId, AddressView[]>()
  const savedAt = new Map<string, number>()

  for (const stored of database.prepare('SELECT * FROM node_addresses ORDER BY node_id, place').all()) {
    const { node, view } = row.parse(stored)
    book.set(node, [...(book.get(node) ?? []), view])
  }

  const insert = database.prepare(
    'INSERT OR REPLACE INTO node_addresses (node_id, url, found_via, last_ok, last_error, place) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const clear = database.prepare('DELETE FROM node_addresses WHERE node_id = ?')

  function save(node: NodeId): void {
    const addresses = book.get(node) ?? []
    transaction(database, () => {
      clear.run(node)
      addresses.forEach(({ url, foundVia, lastOk, lastError }, place) => {
        insert.run(node, url, foundVia, lastOk, lastError && JSON.stringify(lastError), place)
      })
    })
  }

  function change(node: NodeId, url: string, to: Partial<AddressView>): AddressView | undefined {
    const addresses = book.get(node)
    const before = addresses?.find((address) => address.url === url)
    if (addresses && before) {
      book.set(
        node,
        addresses.map((address) => (address === before ? { ...before, ...to } : address)),
      )
    }
    return before
  }

  function forget(node: NodeId): void {
    book.delete(node)
    clear.run(node)
  }

  return {
    forget,
    all: (node: NodeId): AddressView[] => book.get(node) ?? [],

    /** Addresses that cannot be used are left out; what is known about the others stays. Tells whether any are new. See `Transport.learn`. */
    learn(node: NodeId, urls: readonly string[], foundVia: AddressView['foundVia'], replace = false): boolean {
      const held = book.get(node) ?? []
      const known = new Map(held.map((address) => [address.url, address]))
      const learnt = [...new Set(urls.flatMap(usable))].map(
        (url): AddressView => known.get(url) ?? { url, foundVia, lastOk: null, lastError: null },
      )
      const kept = held.filter((address) => !learnt.includes(address) && !(replace && address.foundVia === foundVia))
      const next = [...learnt, ...kept].slice(0, maxAddresses)
      if (next.length === held.length && next.every((address, place) => address === held[place])) return false
      book.delete(node)
      book.set(node, next) // re-inserted last: the map's order is the order of learning
      save(node)
      if (book.size > maxNodes) forget(book.keys().next().value as NodeId)
      return learnt.some(({ url }) => !known.has(url))
    },

    /**
     * Best first: own addresses that answered last time, the latest of them first, and those not tried yet; then hubs; then
     * what failed, the longest ago first.
     */
    inOrder(node: NodeId): string[] {
      const rank = ({ lastOk, lastError }: AddressView) => (lastError ? -lastError.at : (lastOk ?? -1))
      return (book.get(node) ?? []).toSorted((a, b) => tier(a) - tier(b) || rank(b) - rank(a)).map(({ url }) => url)
    },

    succeeded(node: NodeId, url: string): void {
      const now = clock.now()
      const before = change(node, url, { lastOk: now, lastError: null })
      const key = `${node} ${url}`
      if (!before || (before.lastError === null && now - (savedAt.get(key) ?? -Infinity) < saveInterval)) return
      savedAt.set(key, now)
      save(node)
    },

    failed(node: NodeId, url: string, error: FcnError): void {
      const before = change(node, url, { lastError: { ...error.toFailure(), at: clock.now() } })
      if (before && before.lastError?.code !== error.code) save(node)
    },
  }
}

function tier({ url, lastOk, lastError }: AddressView): number {
  const failed = lastError !== null
  if (isRelayUrl(url)) return failed ? 4 : 2
  return failed ? 3 : lastOk === null ? 1 : 0
}

function usable(url: string): string[] {
  if (hubOf(url) !== null) return [url]
  try {
    return [originOf(parseNodeUrl(url), 'https')]
  } catch {
    return [] // a record may carry addresses of kinds that this version does not know
  }
}
