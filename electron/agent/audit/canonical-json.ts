/** What JSON can say. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/**
 * The one way to write a JSON value: no white space, members sorted by the UTF-16 code units of their names, numbers
 * and strings as ECMAScript writes them (RFC 8785, JSON Canonicalization Scheme).
 */
export function canonicalJson(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const members = Object.keys(value)
    .toSorted()
    .map((name) => `${JSON.stringify(name)}:${canonicalJson(value[name] as Json)}`)
  return `{${members.join(',')}}`
}
