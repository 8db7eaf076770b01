import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import type { TLSSocket } from 'node:tls'
import { Client } from 'undici'
import { idOfPublicKey } from '../../../electron/agent/identity/node-id.ts'
import { comparisonCode, joinCommitment, nonceBytes, type Party } from '../../../electron/agent/membership/comparison-code.ts'
import type { JoinAnswer, JoinAsk, JoinReveal } from '../../../electron/agent/protocol/messages.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { createTestMesh } from '../../fakes/test-mesh.ts'

type RevealAnswer = Extract<JoinAnswer, { state: 'reveal' }>

/**
 * - `relay`: passes on all it has to, with its own id, key and nonces in place of the other side's
 * - `grind`: knowing the joiner's nonce, looks for another own nonce that makes both codes equal, and shows that one
 * - `welcome`: asks nobody, and says that the joiner is a member of a mesh that it has made up
 */
export type Strategy = 'relay' | 'grind' | 'welcome'

interface Reply {
  status: number
  body: object
}

/** Nonces it looks through: enough to try in earnest while the joiner waits for its answer. */
const grindTries = 20_000

const bytesOf = (encoded: string) => Buffer.from(encoded, 'base64url')
const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/**
 * A man in the middle between whoever calls it and the node at `port`: TLS with its own key towards both, and the peer
 * protocol in between. Both sides see a node that behaves; only the key is another. Listens on loopback.
 */
export async function startMeddler({ port }: { port: number }) {
  const identity = await createTestIdentity()
  const own = { id: identity.id, key: bytesOf(identity.publicKey) }
  const approver = new Client(`https://127.0.0.1:${port}`, { connect: { ...identity.tls, rejectUnauthorized: false } })
  /** What the approver answered to each ask, and the nonce that was committed to for it. */
  const passages = new Map<string, { asked: RevealAnswer; nonce: Buffer }>()
  const refusals: { path: string; status: number; code: string }[] = []
  let strategy: Strategy = 'relay'

  async function say(method: 'GET' | 'POST', path: string, body?: object): Promise<Reply> {
    const content = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
    const { statusCode: status, body: said } = await approver.request({ method, path, ...content })
    const answer = (await said.json()) as object
    if (status >= 400) refusals.push({ path, status, code: (answer as { code: string }).code })
    return { status, body: answer }
  }

  /** The approver's words as its own. */
  const asMine = ({ status, body }: Reply): Reply => {
    if (status !== 200) return { status, body }
    const {
      approver: { name },
    } = body as RevealAnswer
    return { status, body: { ...body, approver: { id: own.id, name } } }
  }

  async function onAsk(ask: JoinAsk): Promise<Reply> {
    if (strategy === 'welcome') return { status: 200, body: await welcome() }
    const nonce = randomBytes(nonceBytes)
    const reply = await say('POST', '/peer/v1/join', { ...ask, commitment: textOf(joinCommitment(nonce)) })
    if (reply.status !== 200) return reply
    const asked = reply.body as RevealAnswer
    passages.set(asked.request, { asked, nonce })
    // it has to show the joiner a nonce before it knows the joiner's: the approver's is as good as any
    return asMine({ status: 200, body: { ...asked, key: identity.publicKey } })
  }

  async function onReveal(request: string, joiner: Omit<Party, 'nonce'>, { nonce }: JoinReveal): Promise<Reply> {
    const passage = passages.get(request)
    if (!passage) return { status: 404, body: { code: 'not_found', message: 'Gone.' } }
    const { asked } = passage
    const shown = bytesOf(asked.nonce)
    const there = { id: asked.approver.id, key: bytesOf(asked.key), nonce: shown }
    const wanted = comparisonCode(asked.mesh.id, { ...joiner, nonce: bytesOf(nonce) }, { ...own, nonce: shown })
    let mine = passage.nonce
    const isRight = () => comparisonCode(asked.mesh.id, { ...own, nonce: mine }, there) === wanted
    for (let tries = strategy === 'grind' ? grindTries : 0; tries > 0 && !isRight(); tries--) mine = randomBytes(nonceBytes)
    return asMine(await say('POST', `/peer/v1/join/${request}/reveal`, { nonce: textOf(mine) }))
  }

  async function welcome(): Promise<JoinAnswer> {
    const mesh = createTestMesh()
    const admissions = [await mesh.admit({ ...identity }, mesh.root)]
    const bundle = {
      mesh: { id: mesh.root.id, name: 'Maple Street' },
      rootKey: mesh.root.publicKey,
      admissions,
      records: [],
      notices: [],
      policies: [],
    }
    return { state: 'approved', approver: { id: own.id, name: 'attic' }, bundle }
  }

  async function reply(request: IncomingMessage): Promise<Reply> {
    const path = request.url ?? ''
    const [, id = '', reveals] = /^\/peer\/v1\/join\/([^/?]+)(\/reveal)?/u.exec(path) ?? []
    if (path === '/peer/v1/hello') return { status: 200, body: { ...(await say('GET', path)).body, id: own.id } }
    if (path === '/peer/v1/join') return onAsk((await json(request)) as JoinAsk)
    if (reveals) return onReveal(id, callerOf(request), (await json(request)) as JoinReveal)
    // that the joiner withdraws is kept from the approver
    if (request.method === 'DELETE') return { status: 200, body: { ok: true } }
    return asMine(await say('GET', path))
  }

  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const failed = (error: unknown): Reply => ({ status: 500, body: { code: 'internal', message: String(error) } })
    void reply(request)
      .catch(failed)
      .then(({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)))
  }

  const server = createServer({ ...identity.tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false }, onRequest)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    id: own.id,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** What the approver refused it. */
    refusals,
    use: (next: Strategy) => void (strategy = next),
    async close() {
      server.closeAllConnections()
      server.close()
      await approver.destroy()
    },
  }
}

function callerOf({ socket }: IncomingMessage): Omit<Party, 'nonce'> {
  const key = (socket as TLSSocket).getPeerX509Certificate()?.publicKey.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0)
  return { id: idOfPublicKey(key), key }
}
