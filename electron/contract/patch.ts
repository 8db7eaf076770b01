import { z } from 'zod'
import type { Snapshot } from './snapshot.ts'

const valueKeys = ['node', 'settings', 'resources', 'sharing', 'network', 'routed', 'setup', 'ai', 'updates'] as const
const collectionKeys = [
  'meshes',
  'peers',
  'requests',
  'joins',
  'capabilities',
  'services',
  'invites',
  'blocked',
  'grants',
  'policies',
  'hubs',
  'tunnels',
  'health',
  'discovered',
  'rates',
  'syncTokens',
  'syncHubs',
] as const
type CollectionKey = (typeof collectionKeys)[number]

/** One step from a snapshot to the next: a whole value, one entry of a collection, or an entry gone. */
export const patch = z.union([
  z.object({ op: z.literal('set'), key: z.enum(valueKeys), value: z.json() }),
  z.object({ op: z.literal('put'), key: z.enum(collectionKeys), id: z.string(), value: z.json() }),
  z.object({ op: z.literal('drop'), key: z.enum(collectionKeys), id: z.string() }),
])
export type Patch = z.infer<typeof patch>

/** What the event stream carries: the patches that lead to `revision` from the one before it. */
export const change = z.object({ epoch: z.string(), revision: z.number().int(), patches: z.array(patch) })
export type Change = z.infer<typeof change>

/** The patches that turn `before` into `after`, without regard to revision. Entries are compared by content. */
export function diffSnapshots(before: Snapshot, after: Snapshot): Patch[] {
  const patches: Patch[] = []
  for (const key of valueKeys) {
    if (!sameContent(before[key], after[key])) patches.push({ op: 'set', key, value: after[key] })
  }
  for (const key of collectionKeys) {
    const old: Record<string, unknown> = before[key]
    for (const [id, value] of Object.entries(after[key])) {
      if (!Object.hasOwn(old, id) || !sameContent(old[id], value)) patches.push({ op: 'put', key, id, value })
    }
    for (const id of Object.keys(old)) if (!Object.hasOwn(after[key], id)) patches.push({ op: 'drop', key, id })
  }
  return patches
}

/**
 * The snapshot after `change`; the same object when the change is not newer. Returns null when the change cannot be
 * applied (another run of the agent, or a revision was missed): fetch a whole snapshot then.
 */
export function applyChange(current: Snapshot, { epoch, revision, patches }: Change): Snapshot | null {
  if (epoch !== current.epoch) return null
  if (revision <= current.revision) return current
  if (revision !== current.revision + 1) return null
  const next: Record<string, unknown> = { ...current, revision }
  const copied = new Set<CollectionKey>()
  for (const step of patches) {
    if (step.op === 'set') {
      next[step.key] = step.value
      continue
    }
    if (!copied.has(step.key)) {
      next[step.key] = { ...current[step.key] }
      copied.add(step.key)
    }
    const collection = next[step.key] as Record<string, unknown>
    if (step.op === 'put')
      Object.defineProperty(collection, step.id, { value: step.value, enumerable: true, configurable: true, writable: true })
    else delete collection[step.id]
  }
  return next as Snapshot
}

/** Deep equality of JSON values. */
function sameContent(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keysA = definedKeys(a)
  const keysB = definedKeys(b)
  if (keysA.length !== keysB.length) return false
  return keysA.every(
    (key) => Object.hasOwn(b, key) && sameContent((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]),
  )
}

/** JSON drops undefined fields, so they do not count as content. */
const definedKeys = (value: object) => Object.keys(value).filter((key) => (value as Record<string, unknown>)[key] !== undefined)
