/** `relay://<node id>`: the address of a node at a hub, told in member records beside its own addresses. Pure. */
import type { NodeId } from '../components.ts'
import { idText } from './messages.ts'

const scheme = 'relay://'

export const relayUrl = (hub: NodeId): string => scheme + hub

export const isRelayUrl = (url: string): boolean => url.startsWith(scheme)

/** The hub of such an address; null for every other one. */
export function hubOf(url: string): NodeId | null {
  if (!isRelayUrl(url)) return null
  const { success, data } = idText.safeParse(url.slice(scheme.length))
  return success ? data : null
}
