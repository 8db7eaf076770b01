/**
 * Notices: what is known of a mesh beside its members' own records, in the form in which it is kept and passed on. One
 * signed token for a revocation, a mesh statement or a policy; for an admission of another node its whole chain, the
 * tokens separated by single spaces. Policies travel in a field of their own, which older nodes do not read.
 */
import type { MeshId } from '../components.ts'
import { FcnError } from '../errors.ts'
import { maxNoticeBytes, maxNoticeBytesPerMessage, maxNotices, maxNoticesPerMessage, maxPoliciesPerMessage } from '../protocol/messages.ts'
import { type Link, openChain, subjectOf } from './admission.ts'
import { type MeshStatement, openMeshStatement } from './mesh-statement.ts'
import { lastWords, openPolicyStatement, type PolicyStatement } from './policy-statement.ts'
import { openRevocation, type Revocation } from './revocation.ts'
import { digestOf, peekType } from './signed-token.ts'
import { compareSeniority, type Judgement } from './standing.ts'

/** A notice whose signatures hold. */
export interface Notice {
  /** Digest of `text`. */
  readonly id: string
  readonly text: string
  readonly content: Revocation | MeshStatement | PolicyStatement | { readonly kind: 'admission'; readonly chain: readonly Link[] }
}

/** Notices by id. */
export type NoticeBook = ReadonlyMap<string, Notice>

/** Notices that do not count now and are kept nevertheless: they may, once a more senior word is heard. */
const maxIdle = 256

const policyType = 'fcn-policy'

export const admissionNotice = (chain: readonly string[]): string => chain.join(' ')

/** Throws `untrusted` or `too_large` unless the notice is about that mesh and its signatures hold. */
export async function openNotice(text: string, { mesh, rootKey }: { mesh: MeshId; rootKey: string }): Promise<Notice> {
  if (text.length > maxNoticeBytes) throw new FcnError('too_large', 'A notice is too long.')
  const content = await openContent(text, { mesh, rootKey })
  if (content.kind !== 'admission' && content.mesh !== mesh) throw new FcnError('untrusted', 'A notice is for another mesh.')
  return { id: digestOf(text), text, content }
}

async function openContent(text: string, { mesh, rootKey }: { mesh: MeshId; rootKey: string }): Promise<Notice['content']> {
  const type = peekType(text)
  if (type === 'fcn-revocation') return openRevocation(text)
  if (type === 'fcn-mesh') return openMeshStatement(text)
  if (type === policyType) return openPolicyStatement(text)
  const chain = await openChain(mesh, { rootKey, admissions: text.split(' ') })
  subjectOf(chain)
  return { kind: 'admission', chain }
}

/** Whether a notice counts now: these are passed on and compared with others. */
export function counts({ content }: Notice, judgement: Judgement): boolean {
  if (content.kind === 'revocation') return judgement.applies(content)
  if (content.kind === 'mesh') return judgement.statement?.digest === content.digest
  if (content.kind === 'policy') return judgement.policies.get(content.capability)?.digest === content.digest
  return judgement.holds({ digest: subjectOf(content.chain).digest, grounds: content.chain.slice(0, -1) })
}

/**
 * Those that count, the book's bounds kept: of too many the most senior signers' stay, so that a flood cannot push out
 * theirs. Policies that their own signers have replaced go.
 */
export function boundedBook(all: NoticeBook, judgement: Judgement): NoticeBook {
  const book = withoutReplaced(all)
  const bySeniority = [...book.values()].toSorted((a, b) => compareSeniority(groundsOf(a), groundsOf(b)) || (a.id < b.id ? -1 : 1))
  const counting = bySeniority.filter((notice) => counts(notice, judgement))
  const idle = bySeniority.filter((notice) => !counts(notice, judgement))
  if (counting.length <= maxNotices && idle.length <= maxIdle) return book
  return new Map([...counting.slice(0, maxNotices), ...idle.slice(0, maxIdle)].map((notice) => [notice.id, notice]))
}

function withoutReplaced(book: NoticeBook): NoticeBook {
  const policies = [...book.values()].flatMap(({ content }) => (content.kind === 'policy' ? [content] : []))
  const last = new Set(lastWords(policies))
  if (last.size === policies.length) return book
  return new Map([...book].filter(([, { content }]) => content.kind !== 'policy' || last.has(content)))
}

const groundsOf = ({ content }: Notice) => (content.kind === 'admission' ? content.chain.slice(0, -1) : content.grounds)

/** As many as one message may carry. Admissions first: a new role is known before the old one is taken back. */
export function messageful(notices: readonly Notice[]): string[] {
  const order = { admission: 0, revocation: 1, mesh: 2, policy: 3 }
  const texts: string[] = []
  let bytes = 0
  for (const { text } of notices.toSorted((a, b) => order[a.content.kind] - order[b.content.kind])) {
    bytes += text.length
    if (texts.length >= maxNoticesPerMessage || bytes > maxNoticeBytesPerMessage) break
    texts.push(text)
  }
  return texts
}

/** Texts sorted into the fields of a message; of very many policies the latest. */
export function asFields(texts: readonly string[]): { notices: string[]; policies: string[] } {
  const isPolicy = (text: string) => peekType(text) === policyType
  return { notices: texts.filter((text) => !isPolicy(text)), policies: texts.filter(isPolicy).slice(-maxPoliciesPerMessage) }
}
