import { DatabaseSync } from 'node:sqlite'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createLinkUpgrade } from '../../../../../electron/agent/api/peer/link-upgrade.ts'
import { registerPeerApi } from '../../../../../electron/agent/api/peer/peer-api.ts'
import type { Identity } from '../../../../../electron/agent/components.ts'
import { createHealth } from '../../../../../electron/agent/health.ts'
import { createMembership } from '../../../../../electron/agent/membership/membership.ts'
import { membershipSchema, trustSchema } from '../../../../../electron/agent/membership/mesh-store.ts'
import { createRootKeyFiles } from '../../../../../electron/agent/membership/root-key-file.ts'
import { systemClock } from '../../../../../electron/agent/support/clock.ts'
import { systemRandom } from '../../../../../electron/agent/support/random.ts'
import { addressBookSchema, createAddressBook } from '../../../../../electron/agent/transport/address-book.ts'
import { createAddressProbe } from '../../../../../electron/agent/transport/address-probe.ts'
import { createLinks } from '../../../../../electron/agent/transport/links.ts'
import { createTransport } from '../../../../../electron/agent/transport/transport.ts'
import { noRelay } from '../../../../fakes/no-relay.ts'
import { createMemoryAudit } from '../../../../fakes/memory-audit.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'
import { eventually } from '../../../../support/eventually.ts'
import { tempDir } from '../../../../fakes/temp-dir.ts'
import { createTestIdentity } from '../../../../fakes/test-identity.ts'
import { createTlsNode } from '../../../../fakes/tls-node.ts'

/** A node with everything between membership and the wire, over real loopback TLS. */
async function realNode(name: string, identity?: Identity) {
  const self = identity ?? (await createTestIdentity())
  const database = new DatabaseSync(':memory:')
  database.exec(membershipSchema + trustSchema + addressBookSchema)
  const base = { identity: self, database, clock: systemClock, random: systemRandom, log: createKeptLog() }
  const transport = createTransport({ ...base, relayDial: noRelay, addressBook: createAddressBook(base) })
  const addressProbe = createAddressProbe(base)
  const membership = createMembership({
    ...base,
    transport,
    makeLinks: createLinks,
    refusedTo: () => [],
    addressProbe,
    rootKeys: createRootKeyFiles(tempDir()),
    audit: createMemoryAudit(),
    health: createHealth(base),
  })
  const edge = { membership, inbox: membership.inbox }
  const server = await createTlsNode(self, (app) => registerPeerApi(app, edge), createLinkUpgrade(edge))
  membership.describe({ name, addresses: [server.url], capabilities: [], services: [], version: '0.1.0', os: 'test' })
  await membership.start()
  const stop = async () => {
    // as in a node: links end before the server, which waits for every connection
    await membership.stop()
    await transport.stop()
    await server.close()
  }
  onTestFinished(stop)
  return { identity: self, membership, transport, server, stop }
}

const ask = (from: Awaited<ReturnType<typeof realNode>>, to: Awaited<ReturnType<typeof realNode>>, path: string, body?: object) => {
  from.transport.learn(to.identity.id, [to.server.url], 'joined')
  const content = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}
  return from.transport.request(to.identity.id, { method: body ? 'POST' : 'GET', path, signal: AbortSignal.timeout(5_000), ...content })
}

describe('peer api', () => {
  it('carries a join from asking to membership, a change, and a goodbye', async () => {
    const [a, b] = await Promise.all([realNode('anna'), realNode('ben')])
    await a.membership.createMesh('Home')
    const join = await b.membership.startJoin({ url: a.server.url })
    expect(join).toMatchObject({ state: 'waiting', approver: { name: 'anna' }, code: a.membership.requests()[0]?.code })
    await a.membership.approveRequest(a.membership.requests()[0]?.id ?? '', { code: join.code ?? '' })
    await b.membership.confirmJoin(join.id)
    await eventually('ben is in', () => b.membership.joins()[0]?.state === 'joined')
    await eventually(
      'each sees the other online',
      () => a.membership.members()[0]?.state === 'online' && b.membership.members()[0]?.state === 'online',
    )

    a.membership.describe({
      name: 'anna',
      addresses: [a.server.url],
      services: [],
      version: '0.1.0',
      os: 'test',
      capabilities: [{ name: 'ai', state: 'ready' }],
    })
    await eventually('the change arrives', () => b.membership.members()[0]?.capabilities[0]?.name === 'ai', 1_000)
    await eventually('the path is measured', () => (b.transport.path(a.identity.id)?.latencyMs ?? null) !== null)

    await b.stop()
    await eventually('anna sees ben offline', () => a.membership.members()[0]?.state === 'offline', 2_500)
  })

  it('lets strangers say hello and ask to join, and nothing else', async () => {
    const [a, b] = await Promise.all([realNode('anna'), realNode('ben')])
    await a.membership.createMesh('Home')
    const hello = await ask(b, a, '/peer/v1/hello')
    expect(hello.status).toBe(200)
    expect(JSON.parse(await text(hello.body))).toMatchObject({ id: a.identity.id, name: 'anna', version: '0.1.0', protocol: 1 })
    for (const [path, body] of [['link'], ['sync', {}]] as const) {
      const answer = await ask(b, a, `/peer/v1/${path}`, body)
      expect([answer.status, (JSON.parse(await text(answer.body)) as { code: string }).code]).toEqual([403, 'not_member'])
    }
    const unknown = await ask(b, a, '/peer/v1/join/not-mine?wait=0')
    expect(unknown.status).toBe(404)
    await text(unknown.body)
  })

  it('refuses a removed member at every door with the signed reason, and it believes that', async () => {
    const [a, b] = await Promise.all([realNode('anna'), realNode('ben')])
    const mesh = (await a.membership.createMesh('Home')).id
    const join = await b.membership.startJoin({ url: a.server.url })
    await a.membership.approveRequest(a.membership.requests()[0]?.id ?? '', { code: join.code ?? '' })
    await b.membership.confirmJoin(join.id)
    await eventually('each sees the other online', () => [a, b].every(({ membership }) => membership.members()[0]?.state === 'online'))
    await b.membership.stop()
    await a.membership.removeMember(mesh, b.identity.id)
    for (const [path, body] of [['link'], ['sync', {}]] as const) {
      const answer = await ask(b, a, `/peer/v1/${path}`, body)
      expect(answer.status).toBe(403)
      expect(JSON.parse(await text(answer.body))).toMatchObject({ code: 'removed', details: { removals: [{ mesh }] } })
    }
    await b.membership.start()
    await eventually('ben has left the mesh', () => b.membership.meshes().length === 0)
  })

  it('answers a message that is not valid with the reason', async () => {
    const [a, b] = await Promise.all([realNode('anna'), realNode('ben')])
    const answer = await ask(b, a, '/peer/v1/join', { name: 'x'.repeat(100), os: '', protocol: 1 })
    expect(answer.status).toBe(400)
    expect(JSON.parse(await text(answer.body))).toMatchObject({ code: 'invalid_input', message: /name/u })
  })

  it('refuses the record of a mesh that a node made up, and of another node', async () => {
    const [a, b] = await Promise.all([realNode('anna'), realNode('ben')])
    await a.membership.createMesh('Home')
    await b.membership.createMesh('Home')
    const answer = await ask(b, a, '/peer/v1/introduce', { record: 'a.b.c' })
    expect((JSON.parse(await text(answer.body)) as { code: string }).code).toBe('untrusted')
    expect(a.membership.isMember(b.identity.id)).toBe(false)
  })
})
