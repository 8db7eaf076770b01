/**
 * Who is in a mesh, and as what: a pure function of everything signed that is known, the same on every node whatever
 * order it arrived in. No clock decides. README.md in this folder gives the rule with its reasons.
 */
import type { MeshRole } from '../../contract/snapshot.ts'
import type { CapabilityName } from '../../contract/capability.ts'
import type { NodeId } from '../components.ts'
import { type Link, subjectOf } from './admission.ts'
import type { MeshStatement } from './mesh-statement.ts'
import { compareVersions, lastWords, type PolicyStatement } from './policy-statement.ts'
import type { Revocation } from './revocation.ts'

/** Everything signed that is known of one mesh; signatures were checked. */
export interface Evidence {
  readonly chains: readonly (readonly Link[])[]
  readonly revocations: readonly Revocation[]
  readonly statements: readonly MeshStatement[]
  readonly policies: readonly PolicyStatement[]
}

export type Standing =
  | { readonly state: 'member'; readonly role: MeshRole; readonly chain: readonly Link[] }
  /** By whom and when: the revocation of the node, or of the admin by whose word alone it was in. */
  | { readonly state: 'removed'; readonly revocation: Revocation }

/** What follows from the evidence. */
export interface Judgement {
  /** Null for a node that was never admitted nor revoked. */
  of(node: NodeId): Standing | null
  /** The revocation of the node with the highest term, also when it was admitted again afterwards. */
  lastRemoval(node: NodeId): Revocation | null
  /** Whether an admission chain makes its subject a member now. */
  isLive(chain: readonly Link[]): boolean
  /** Whether a statement's signer could sign it: it was an admin then, or the statement was kept when it was removed. */
  holds(statement: { digest: string; grounds: readonly Link[] }): boolean
  /** Whether a revocation counts. */
  applies(revocation: Revocation): boolean
  /** The term for the next admission of a node. */
  nextTerm(node: NodeId): number
  /** The statement that names the mesh; null while it has its first name. */
  readonly statement: MeshStatement | null
  /** The policy that counts for each capability; none for one that nobody decided about. */
  readonly policies: ReadonlyMap<CapabilityName, PolicyStatement>
}

/** Revocations that count, by the node they are about, the most senior first. */
type Applied = Map<NodeId, Revocation[]>

export function judge({ chains, revocations, statements, policies }: Evidence): Judgement {
  const applied = applyBySeniority(revocations)
  const counted = new Set([...applied.values()].flat().map(({ digest }) => digest))
  const byNode = Map.groupBy(chains, (chain) => subjectOf(chain).node)
  const holding = <S extends MeshStatement | PolicyStatement>(said: readonly S[]) =>
    said.filter((statement) => refusalOf(statement, applied) === null).toSorted(compareVersions)
  const isLive = (chain: readonly Link[]) => endOf(chain, applied) === null
  const known = new Map<NodeId, Standing>()
  const of = (node: NodeId) => {
    const earlier = known.get(node)
    if (earlier !== undefined) return earlier
    const standing = standingOf(byNode.get(node) ?? [], applied.get(node) ?? [], applied)
    if (standing) known.set(node, standing) // not for strangers: they are without number
    return standing
  }
  return {
    of,
    lastRemoval: (node) => (applied.get(node) ?? []).toSorted((a, b) => b.upTo - a.upTo)[0] ?? null,
    isLive,
    holds: (statement) => refusalOf(statement, applied) === null,
    applies: ({ digest }) => counted.has(digest),
    nextTerm(node) {
      const terms = (byNode.get(node) ?? []).filter((chain) => groundsHold(chain, applied)).map((chain) => subjectOf(chain).term)
      return Math.max(-1, ...terms, ...(applied.get(node) ?? []).map(({ upTo }) => upTo)) + 1
    },
    statement: holding(statements)[0] ?? null,
    // of several for one capability the first, so it is set last
    policies: new Map(
      holding(lastWords(policies))
        .map((policy) => [policy.capability, policy] as const)
        .toReversed(),
    ),
  }
}

/**
 * The more senior signer is heard first: the root key, then who has the shorter chain, then who was admitted earlier,
 * link by link from the root, then the lower id. All of it was written by those above the signer, none by itself.
 */
export function compareSeniority(a: readonly Link[], b: readonly Link[]): number {
  if (a.length !== b.length) return a.length - b.length
  for (const [i, link] of a.entries()) {
    const other = b[i] as Link
    const order = link.at - other.at || compareText(link.node, other.node)
    if (order !== 0) return order
  }
  return 0
}

/** A revocation counts unless its signer was removed by one that was heard before it and does not keep it. */
function applyBySeniority(revocations: readonly Revocation[]): Applied {
  const isOfItself = ({ node, by }: Revocation) => (node === by ? 0 : 1)
  // its own word against itself is a signer's first: what its key says after it has gone is not its own
  const ordered = revocations.toSorted(
    (a, b) => compareSeniority(a.grounds, b.grounds) || isOfItself(a) - isOfItself(b) || compareText(a.digest, b.digest),
  )
  const applied: Applied = new Map()
  for (const revocation of ordered) {
    if (refusalOf(revocation, applied) !== null) continue
    const earlier = applied.get(revocation.node)
    if (earlier) earlier.push(revocation)
    else applied.set(revocation.node, [revocation])
  }
  return applied
}

const hits = (link: Link, applied: Applied) => (applied.get(link.node) ?? []).filter(({ upTo }) => upTo >= link.term)

/** Goes down a chain: what ended each signer must have kept what it signed. Returns the revocation that did not. */
function refusalOf({ digest, grounds }: { digest: string; grounds: readonly Link[] }, applied: Applied): Revocation | null {
  const signed = [...grounds.map((link) => link.digest), digest]
  for (const [i, link] of grounds.entries()) {
    const refusing = hits(link, applied).find(({ keeps }) => !keeps.has(signed[i + 1] as string))
    if (refusing) return refusing
  }
  return null
}

const asStatement = (chain: readonly Link[]) => ({ digest: subjectOf(chain).digest, grounds: chain.slice(0, -1) })
const groundsHold = (chain: readonly Link[], applied: Applied) => refusalOf(asStatement(chain), applied) === null

/** The revocation by which a chain admits nobody any more; null while it does. */
function endOf(chain: readonly Link[], applied: Applied): Revocation | null {
  return refusalOf(asStatement(chain), applied) ?? hits(subjectOf(chain), applied)[0] ?? null
}

function standingOf(chains: readonly (readonly Link[])[], revocations: readonly Revocation[], applied: Applied): Standing | null {
  const newestFirst = chains.toSorted((a, b) => compareAdmissions(a, b))
  for (const chain of newestFirst) {
    if (endOf(chain, applied) === null) return { state: 'member', role: subjectOf(chain).role, chain }
  }
  const revocation = revocations[0] ?? (newestFirst[0] && endOf(newestFirst[0], applied))
  return revocation ? { state: 'removed', revocation } : null
}

/** The later term first, then what the more senior signer gave. */
function compareAdmissions(a: readonly Link[], b: readonly Link[]): number {
  const [x, y] = [subjectOf(a), subjectOf(b)]
  return y.term - x.term || compareSeniority(a, b) || compareText(x.digest, y.digest)
}

/** By code units: the same everywhere, unlike a locale's order. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
