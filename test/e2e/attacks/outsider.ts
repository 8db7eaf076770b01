import type { Identity } from '../../../electron/agent/components.ts'
import { type MemberStatement, signMemberRecord } from '../../../electron/agent/membership/member-record.ts'
import { type JoinAnswer, type JoinAsk, type JoinBundle, peerPaths, protocolVersion } from '../../../electron/agent/protocol/messages.ts'
import { parseJson } from '../../../electron/agent/support/json.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { type Attacker, exchange, requestText } from './attacker.ts'

export interface Reply {
  status: number | undefined
  /** `code` when it is a Failure. */
  code: string | undefined
  body: unknown
}

/** What a node needs to show that it is in a mesh. */
export type Proof = Pick<JoinBundle, 'rootKey' | 'admissions'> & { mesh: { id: string } }

/** Somebody with a real key who speaks the peer API by hand, each message over a connection of its own. */
export type Outsider = Awaited<ReturnType<typeof createOutsider>>

export async function createOutsider(attacker: Attacker, { name = 'mallory', identity }: { name?: string; identity?: Identity } = {}) {
  const self = identity ?? (await createTestIdentity())

  async function say(line: string, body?: object, headers: readonly string[] = []): Promise<Reply> {
    const content = body === undefined ? '' : JSON.stringify(body)
    const { statuses, code, text } = await exchange(attacker.tls(self.tls), requestText(line, ['Host: node', ...headers], content))
    return { status: statuses[0], code, body: parseJson(text.slice(text.indexOf('\r\n\r\n') + 4)) }
  }

  const ask = (what: Partial<JoinAsk>) => say(`POST ${peerPaths.join}`, { name, os: 'test', protocol: protocolVersion, ...what })

  const record = ({ mesh, rootKey, admissions }: Proof, change: Partial<MemberStatement> = {}) => {
    const offers = { addresses: [], capabilities: [], services: [], software: '0.0.0', os: 'test', left: false }
    const who = { mesh: mesh.id, node: self.id, key: self.publicKey, version: Date.now(), name }
    return signMemberRecord({ ...who, ...offers, rootKey, admissions, ...change }, self.privateKey)
  }

  const introduce = (token: string, notices: readonly string[] = []) => say(`POST ${peerPaths.introduce}`, { record: token, notices })

  return {
    ...self,
    name,
    address: attacker.address,
    say,
    ask,
    record,
    introduce,
    /** Something that members alone may ask; they get 400, since they are to ask for an upgrade. */
    knock: () => say(`GET ${peerPaths.link}`),

    /** Comes in by the secret of an invite, as a node does; returns its proof. */
    async enter(secret: string): Promise<Proof> {
      const { body } = await ask({ invite: secret })
      const answer = body as JoinAnswer
      if (answer.state !== 'approved') throw new Error(`${name} was not let in: ${JSON.stringify(body)}`)
      const shown = await introduce(await record(answer.bundle))
      if (shown.status !== 200) throw new Error(`${name} was not taken for a member: ${JSON.stringify(shown.body)}`)
      return answer.bundle
    },
  }
}
