/**
 * The place within the page, kept in the hash: a path, and what is asked for there after a `?`. wouter's own hook takes
 * the two for one path when an address is opened, and puts the second before the hash when it is gone to.
 */
import { useSyncExternalStore } from 'react'

const subscribe = (onChange: () => void) => {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

const place = () => window.location.hash.replace(/^#?\/?/u, '/')
const pathOf = () => place().split('?', 1)[0] ?? '/'
const queryOf = () => place().split('?').slice(1).join('?')

function go(to: string, { replace = false }: { replace?: boolean } = {}): void {
  const oldURL = window.location.href
  window.history[replace ? 'replaceState' : 'pushState'](null, '', `#${to.replace(/^#?\/?/u, '/')}`)
  window.dispatchEvent(new HashChangeEvent('hashchange', { oldURL, newURL: window.location.href }))
}

/** The path and the way to another; for wouter's Router. */
export const useHashPath = (): [string, typeof go] => [useSyncExternalStore(subscribe, pathOf), go]
useHashPath.hrefs = (href: string) => `#${href}`

/** What stands after the `?`, without it. */
export const useHashQuery = (): string => useSyncExternalStore(subscribe, queryOf)
