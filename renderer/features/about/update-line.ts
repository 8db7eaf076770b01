import type { UpdatesView } from '../../../electron/contract/updates.ts'

/** Keys of the texts under `updates:state`. */
type Line =
  | ('never' | 'newest' | 'looking' | 'available' | 'metered' | 'downloading')
  | ('peers' | 'window' | 'quiet' | 'person' | 'installing' | 'failed' | 'silent')

/** Which sentence says how far the newest version has come; null where this copy does not look for any. Pure. */
export function updateLine({ way, state, waitsFor, lookedAt, problem }: UpdatesView): Line | null {
  if (way === 'checkout' || way === 'unsigned') return null
  switch (state) {
    case 'idle':
      if (problem !== null) return 'silent'
      return lookedAt === null ? 'never' : 'newest'
    case 'available':
      return waitsFor === 'metered' ? 'metered' : 'available'
    case 'ready':
      return waitsFor === null || waitsFor === 'metered' ? 'quiet' : waitsFor
    default:
      return state
  }
}

/** What a person can have done now. */
export function updateAction({ way, state, waitsFor }: UpdatesView): 'look' | 'download' | 'install' | null {
  if (way === 'checkout' || way === 'unsigned') return null
  if (state === 'ready') return waitsFor === 'peers' ? null : 'install'
  if (state === 'available' && way === 'itself') return 'download'
  return state === 'downloading' || state === 'installing' ? null : 'look'
}
