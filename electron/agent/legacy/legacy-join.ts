import type { SelfDescription } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { LegacyClient, LegacyTarget } from './legacy-client.ts'
import { wellKnownKey } from './legacy-peer.ts'
import type { LegacyRecord } from './legacy-store.ts'
import { parseRegistration } from './registration.ts'

/**
 * What the connect script of the old nodes does: makes sure of the old node and its key, and registers this node
 * there. Returns what is to be kept of it. Throws as the client does, and `conflict` without an address to be reached at.
 */
export async function joinLegacyNode(
  client: LegacyClient,
  target: LegacyTarget & { key: string },
  self: SelfDescription,
  now: number,
): Promise<(known: LegacyRecord | undefined) => LegacyRecord> {
  const alive = await client.health(target)
  const info = await client.info(target)
  await client.register(target, announcementOf(self))
  const { url, key } = target
  const { name } = parseRegistration({ name: (info.name ?? alive.name ?? new URL(url).host).slice(0, 64), capabilities: undefined })
  return (known) => ({
    url,
    givenUrl: known?.givenUrl ?? url,
    name,
    capabilities: known?.capabilities ?? (info.role === undefined || info.role === 'general' ? [] : [info.role]),
    foundVia: 'joined',
    apiKey: key,
    openToAnyone: key === wellKnownKey,
    registeredAt: known?.registeredAt ?? now,
    lastSeen: now,
  })
}

function announcementOf({ name, addresses, capabilities }: SelfDescription) {
  const address = addresses[0]
  if (address === undefined) {
    throw new FcnError('conflict', 'This computer has no address in a network under which an old node could reach it.', {
      action: 'Connect it to the network, then join again.',
    })
  }
  const ready = capabilities.filter(({ state }) => state === 'ready').map((capability) => capability.name)
  // old nodes know plain HTTP only; the same port answers both
  return { nodeUrl: address.replace(/^https:/u, 'http:'), nodeName: name, capabilities: ready }
}
