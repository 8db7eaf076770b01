/** Signatures that cost nothing: a token holds when this world issued it for exactly these fields. Sizes are those of the real ones. */
import type { ProofOfLife, RemovalNotice, SignedRecord, Statement, SwimTrust } from '../../electron/agent/membership/swim/ports.ts'

/** Characters of a signed record with a chain of two admissions, of a bare P-256 signature, and of a removal. */
const sizes = { record: 1_200, statement: 88, notice: 300, proof: 88 }

export type Signatures = ReturnType<typeof createSignatures>

export function createSignatures() {
  const issued = new Set<string>()
  /** Which admission of its node a record carries, or a removal ends. */
  const admissions = new Map<string, number>()

  function issue(size: number, text: string): string {
    const token = text.padStart(size, '~')
    issued.add(token)
    return token
  }

  const holds = (token: string, text: string) => token.endsWith(text) && issued.has(token)
  const recordText = ({ node, version, left }: Omit<SignedRecord, 'token'>) => `r|${left}|${node}|${version}`
  const statementText = ({ node, incarnation, gone }: Omit<Statement, 'token'>) => `s|${gone}|${node}|${incarnation}`
  const noticeText = ({ node, version }: Omit<RemovalNotice, 'token'>) => `n|${node}|${version}`
  const proofText = ({ node, asker, nonce }: Omit<ProofOfLife, 'token'>) => `p|${node}|${asker}|${nonce}`

  function record(fields: Omit<SignedRecord, 'token'>, admission: number): SignedRecord {
    const token = issue(sizes.record, recordText(fields))
    admissions.set(token, admission)
    return { ...fields, token }
  }

  function notice(fields: Omit<RemovalNotice, 'token'>, admission: number): RemovalNotice {
    const token = issue(sizes.notice, noticeText(fields))
    admissions.set(token, admission)
    return { ...fields, token }
  }

  const statement = (fields: Omit<Statement, 'token'>): Statement => ({ ...fields, token: issue(sizes.statement, statementText(fields)) })

  /** What the core of `node` is given: it can sign for itself only. */
  const trustOf = (node: string): SwimTrust => ({
    sign: ({ incarnation, gone }) => statement({ node, incarnation, gone }).token,
    prove: ({ asker, nonce }) => issue(sizes.proof, proofText({ node, asker, nonce })),
    checkRecord: (record) => holds(record.token, recordText(record)),
    checkStatement: (statement) => holds(statement.token, statementText(statement)),
    checkNotice: (notice) => holds(notice.token, noticeText(notice)),
    checkProof: (proof) => holds(proof.token, proofText(proof)),
    admits: (record, notice) => notice === null || (admissions.get(record.token) ?? 0) > (admissions.get(notice.token) ?? 0),
  })

  return { record, statement, notice, trustOf }
}
