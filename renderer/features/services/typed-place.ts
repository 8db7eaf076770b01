/** Where the program to share is said to run, as far as it is typed. Pure. */

export interface TypedPlace {
  /** A port of this computer, or an address elsewhere. */
  where: 'here' | 'elsewhere'
  port: number | string
  url: string
}

export type Place = { port: number } | { url: string }

/** The place to look at and share, once enough of it is typed; else null. */
export function placeOf({ where, port, url }: TypedPlace): Place | null {
  if (where === 'elsewhere') return /^https?:\/\/[^\s/]+/iu.test(url.trim()) ? { url: url.trim() } : null
  const number = Number(port)
  return port !== '' && Number.isInteger(number) && number >= 1 && number <= 65_535 ? { port: number } : null
}

/** The same as a text that names it, and back: for whoever looks it up while it is typed. */
export const placeKey = (place: Place | null): string => (place === null ? '' : 'port' in place ? `${place.port}` : place.url)
export const placeFromKey = (key: string): Place => (/^\d+$/u.test(key) ? { port: Number(key) } : { url: key })
