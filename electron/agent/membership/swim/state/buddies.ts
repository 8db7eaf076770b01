import type { NodeId } from '../../../components.ts'

/**
 * Who looks after whom in a small mesh: the members in the order of their ids, two by two, and of an odd number the last
 * three in a row. All who know the same members agree on it, each is somebody's buddy, and it goes both ways: one ping
 * and its answer tell both that the other one is there.
 */
export function buddiesOf(self: NodeId, present: Iterable<NodeId>): ReadonlySet<NodeId> {
  const order = [...present].toSorted()
  const place = order.indexOf(self)
  if (place < 0) return new Set()
  const last = order.length - 1
  const isOdd = order.length % 2 === 1
  // without the last of an odd number the others are in pairs
  const buddies = isOdd && place === last ? [last - 1] : [place % 2 === 0 ? place + 1 : place - 1]
  if (isOdd && place === last - 1) buddies.push(last)
  return new Set(buddies.flatMap((buddy) => order[buddy] ?? []))
}

/**
 * Who steps in when buddies fall silent together: the neighbours in the same order, its end joined to its begin, that are
 * no buddies. Mutual, too.
 */
export function deputiesOf(self: NodeId, present: Iterable<NodeId>): ReadonlySet<NodeId> {
  const order = [...present].toSorted()
  const place = order.indexOf(self)
  if (place < 0) return new Set()
  const neighbours = [order.at(place - 1), order[(place + 1) % order.length]]
  const buddies = buddiesOf(self, order)
  return new Set(neighbours.flatMap((node) => (node === undefined || node === self || buddies.has(node) ? [] : node)))
}
