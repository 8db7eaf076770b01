import { type Link, subjectOf } from '../../electron/agent/membership/admission.ts'
import type { MeshStatement } from '../../electron/agent/membership/mesh-statement.ts'
import type { Revocation } from '../../electron/agent/membership/revocation.ts'
import type { Evidence } from '../../electron/agent/membership/standing.ts'

type Chain = readonly Link[]

/** Statements of a mesh called `mesh` without keys and signatures, for tests of what follows from them. */
export function createTestEvidence() {
  let count = 0
  const nextDigest = () => `digest ${String(++count).padStart(4, '0')}`
  const signerOf = (grounds: Chain) => grounds.at(-1)?.node ?? 'mesh'

  /** `grounds` is the signer's chain, empty for the root key. */
  const admit = (grounds: Chain, node: string, change: Partial<Link> = {}): Link[] => {
    const by = signerOf(grounds)
    const said = { mesh: 'mesh', node, key: `key of ${node}`, role: 'member', term: 0, by, at: count, token: '' } as const
    return [...grounds, { ...said, digest: nextDigest(), ...change }]
  }
  const admin = (grounds: Chain, node: string, change: Partial<Link> = {}) => admit(grounds, node, { role: 'admin', ...change })
  const revoke = (grounds: Chain, node: string, { upTo = 0, keeps = [] as { digest: string }[] } = {}): Revocation => {
    const said = { kind: 'revocation', token: '', mesh: 'mesh', node, upTo, by: signerOf(grounds), at: count, grounds } as const
    return { ...said, digest: nextDigest(), keeps: new Set(keeps.map(({ digest }) => digest)) }
  }
  const name = (grounds: Chain, text: string, version = 1): MeshStatement => {
    const said = { kind: 'mesh', token: '', mesh: 'mesh', version, name: text, by: signerOf(grounds), at: count, grounds } as const
    return { ...said, digest: nextDigest() }
  }
  /** The last admission of a chain, to be kept. */
  const last = (chain: Chain): Link => subjectOf(chain)
  return { admit, admin, revoke, name, last }
}

export const evidence = (parts: Partial<Evidence>): Evidence => ({ chains: [], revocations: [], statements: [], ...parts })
