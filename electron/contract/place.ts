/**
 * Where in the page something is, and what is to be opened there, as the address of the page says it:
 * `#/?open=approve&request=…`. The desktop app leads there from tray, notifications and links; the page reads it once.
 */
import { z } from 'zod'

/** Longest invite that is passed on, characters; the node takes no longer one. */
export const longestLink = 2_048

const opened = z.discriminatedUnion('open', [
  /** The dialog to join, with an invite to read where a link brought one. Nothing is joined before a person says so there. */
  z.object({ open: z.literal('join'), invite: z.string().min(1).max(longestLink).optional() }),
  /** The card of a request that waits. */
  z.object({ open: z.literal('approve'), request: z.string().min(1).max(128) }),
])
export type Opened = z.infer<typeof opened>

export interface Place {
  /** Begins with a slash; its segments are escaped. */
  path: string
  opened?: Opened
}

/** The address of a place, after the `#`. */
export function addressOf({ path, opened: dialog }: Place): string {
  if (dialog === undefined) return path
  const fields = Object.entries(dialog).filter((field): field is [string, string] => field[1] !== undefined)
  return `${path}?${new URLSearchParams(fields).toString()}`
}

/** What an address asks to open, from what stands behind its `?`; null when that is nothing the page knows. */
export function openedIn(query: string): Opened | null {
  const result = opened.safeParse(Object.fromEntries(new URLSearchParams(query)))
  return result.success ? result.data : null
}

export const overview: Place = { path: '/' }
export const placeOfPeer = (id: string): Place => ({ path: `/peers/${encodeURIComponent(id)}` })
export const placeOfCapability = (name: string): Place => ({ path: `/capabilities/${encodeURIComponent(name)}` })
export const placeOfRequest = (request: string): Place => ({ path: '/', opened: { open: 'approve', request } })
