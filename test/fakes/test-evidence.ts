import fc from 'fast-check'
import { type Link, subjectOf } from '../../electron/agent/membership/admission.ts'
import type { MeshStatement } from '../../electron/agent/membership/mesh-statement.ts'
import type { PolicyStatement } from '../../electron/agent/membership/policy-statement.ts'
import type { Revocation } from '../../electron/agent/membership/revocation.ts'
import type { CapabilityName } from '../../electron/contract/capability.ts'
import type { Evidence } from '../../electron/agent/membership/standing.ts'

type Chain = readonly Link[]

/** Statements of a mesh called `mesh` without keys and signatures, for tests of what follows from them. */
export function createTestEvidence(label = 'digest') {
  let count = 0
  const nextDigest = () => `${label} ${String(++count).padStart(4, '0')}`
  const signerOf = (grounds: Chain) => grounds.at(-1)?.node ?? 'mesh'

  /** `grounds` is the signer's chain, empty for the root key. */
  const admit = (grounds: Chain, node: string, change: Partial<Link> = {}): Link[] => {
    const by = signerOf(grounds)
    const said = { mesh: 'mesh', node, key: `key of ${node}`, role: 'member', term: 0, by, at: count } as const
    const digest = nextDigest()
    return [...grounds, { ...said, digest, token: digest, ...change }]
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
  /** `replication` tells one decision from another. */
  const policy = (
    grounds: Chain,
    replication: number | null,
    { version = 1, capability = 'ai' }: { version?: number; capability?: CapabilityName } = {},
  ): PolicyStatement => {
    const said = { kind: 'policy', token: '', mesh: 'mesh', version, capability, by: signerOf(grounds), at: count, grounds } as const
    return { ...said, rules: replication === null ? null : { replication }, digest: nextDigest() }
  }
  /** The last admission of a chain, to be kept. */
  const last = (chain: Chain): Link => subjectOf(chain)
  return { admit, admin, revoke, name, policy, last }
}

/** Meshes whose admins do anything at all, more or less knowing what the others do; `a` is an admin at first. */
export function anyHistory() {
  const { admit, admin, revoke, name, policy, last } = createTestEvidence('history')
  const nodes = ['a', 'b', 'c', 'd', 'e']
  const act = fc.record({
    kind: fc.constantFrom('admit', 'admin', 'revoke', 'name', 'policy'),
    signer: fc.nat(9),
    subject: fc.constantFrom(...nodes),
    number: fc.nat(3),
    keeps: fc.array(fc.nat(20), { maxLength: 4 }),
  })
  const history = fc.array(act, { minLength: 1, maxLength: 25 }).map((acts) => {
    const signers: Link[][] = [[], admin([], 'a')]
    const chains = [signers[1] as Link[]]
    const revocations: Revocation[] = []
    const statements: MeshStatement[] = []
    const policies: PolicyStatement[] = []
    for (const { kind, signer, subject, number, keeps } of acts) {
      const grounds = signers[signer % signers.length] as Link[]
      const kept = [...chains.map(last), ...revocations, ...policies]
      if (kind === 'name') statements.push(name(grounds, subject, number))
      else if (kind === 'policy') policies.push(policy(grounds, number + 1, { version: number }))
      else if (kind === 'revoke') {
        revocations.push(revoke(grounds, subject, { upTo: number, keeps: keeps.flatMap((i) => kept[i] ?? []) }))
      } else if (grounds.length < 6) {
        const chain = (kind === 'admin' ? admin : admit)(grounds, subject, { term: number, at: number })
        chains.push(chain)
        if (kind === 'admin') signers.push(chain)
      }
    }
    return { chains, revocations, statements, policies }
  })
  return { nodes, history }
}

export const evidence = (parts: Partial<Evidence>): Evidence => ({ chains: [], revocations: [], statements: [], policies: [], ...parts })
