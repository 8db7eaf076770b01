import { createHmac } from 'node:crypto'

/** What an alias stands for. */
export type AliasKind = 'node' | 'mesh' | 'service' | 'host' | 'interface'

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567'
/** 30 bits: of a thousand names two get the same alias once in two thousand files. */
const length = 6

/**
 * A short name in the place of another: the same for the same thing in every file of this node, so that two files can be
 * compared, and of no use to whoever does not have `salt`, which never leaves the node.
 */
export const createAliases = (salt: string) => (kind: AliasKind, id: string) => {
  const hash = createHmac('sha256', salt).update(`${kind}\n${id.toLowerCase()}`).digest()
  const letters = [...hash.subarray(0, length)].map((byte) => alphabet[byte & 31])
  return `${kind}-${letters.join('')}`
}
export type AliasOf = ReturnType<typeof createAliases>

export const aliasPattern = /^(?:node|mesh|service|host|interface)-[a-z2-7]{6}$/u
