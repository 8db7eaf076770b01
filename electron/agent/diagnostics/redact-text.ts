import type { AliasOf } from './aliases.ts'
import { maskHost, maskUrl } from './mask-address.ts'

/** A text that may stand in what the node wrote, and what stands in its place. */
export interface Known {
  text: string
  shown: string
}

/** Files whose names look like host names. */
const fileEnding = /\.(?:m?[jt]sx?|c?js|json|log|db|key|conf|css|html|pem|toml|yml|txt|service|exe|dll|so|node)$/iu

/**
 * Takes out of a sentence of the program what tells of people and machines: known names, and what looks like an id, an
 * address, a path, a secret or anything a person wrote. What is no sentence of the program does not belong here: this is
 * for log lines and findings only, where words around the facts are needed.
 */
export function createRedactor(known: readonly Known[], aliasOf: AliasOf): (text: string) => string {
  const shown = new Map(known.filter(({ text }) => text.trim() !== '').map(({ text, shown }) => [text.toLowerCase(), shown]))
  // the longest first: a name may be part of another
  const names = [...shown.keys()].toSorted((a, b) => b.length - a.length).map(escaped)
  const anyName = names.length === 0 ? null : new RegExp(`(?<![\\p{L}\\p{N}])(?:${names.join('|')})(?![\\p{L}\\p{N}])`, 'giu')

  const rules: [RegExp, (match: string) => string][] = [
    [/-----BEGIN[\s\S]*?(?:-----END[^-]*-----|$)/gu, () => '[key]'],
    [/\b(?:fcn1\.|fcn:\/\/)\S+/giu, () => '[invite]'],
    [/\bfcnsync_\S+/gu, () => '[token]'],
    [/\b(?:bearer|basic)\s+\S+/giu, () => '[token]'],
    [/\beyJ[\w-]+\.[\w.-]+/gu, () => '[token]'],
    [/\b[a-z][a-z0-9+.-]{1,9}:\/\/[^\s"'”’)>,;]+/giu, (url) => maskUrl(url, aliasOf)],
    [/\b[A-Z2-7]{7}(?:-[A-Z2-7]{7}){3}\b/gu, (id) => aliasOf('node', id)],
    [/[^\s@<>"'“”]+@[^\s@<>"'“”]+/gu, () => '[mail]'],
    [/\b[0-9a-f]{2}(?:[:-][0-9a-f]{2}){5}\b/giu, () => '[mac]'],
    [/(?<![\w:.])(?:::ffff:)?\d{1,3}(?:\.\d{1,3}){3}(?![\w.]*\d)/gu, (address) => maskHost(address, aliasOf)],
    [/(?<![\w:])(?=[0-9a-f:]*::|(?:[0-9a-f]{1,4}:){7})[0-9a-f:]*[0-9a-f](?:%\w+)?/giu, (address) => maskHost(address, aliasOf)],
    [/\b[A-Z]:\\[^\s"'”’]+/gu, () => '[path]'],
    [/(?<![\w.])~?\/[^\s"'”’:,;()]+/gu, () => '[path]'],
    // what stands in quotes is what somebody typed or sent
    [/“[^”]*”?|"[^"]*"?|‘[^’]*’|(?<![\p{L}\p{N}])'[^']*'/gu, () => '“…”'],
    [/\b(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,24}\b/giu, (name) => (fileEnding.test(name) ? name : aliasOf('host', name))],
    // letters and digits mixed, or very long: no word of a sentence
    [/(?=[\w+/=-]*\d)(?=[\w+/=-]*[a-z])[\w+/=-]{16,}|[\w+/=]{32,}/giu, () => '[token]'],
  ]
  return (text) => {
    /** What was put in, so that no later rule sees it. */
    const placed: string[] = []
    const keep = (instead: string) => `\uE000${placed.push(instead) - 1}\uE001`
    let rest = text.replaceAll(/[\uE000\uE001]/gu, '')
    if (anyName) rest = rest.replaceAll(anyName, (name) => keep(shown.get(name.toLowerCase()) ?? '[name]'))
    for (const [pattern, instead] of rules) rest = rest.replaceAll(pattern, (match) => keep(instead(match)))
    const whole = rest.replaceAll(/\uE000(\d+)\uE001/gu, (_, index: string) => placed[Number(index)] ?? '')
    return whole.replaceAll(/\s+/gu, ' ').trim()
  }
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)
