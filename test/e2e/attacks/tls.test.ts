import { once } from 'node:events'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createServer, type Server } from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Identity } from '../../../electron/agent/components.ts'
import { makeCertificate } from '../../../electron/agent/identity/certificate.ts'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { joinedPair, peersOf } from '../joined-pair.ts'
import type { NodeProcess } from '../node-process.ts'
import { type Attacker, createAttackers, exchange, requestText } from './attacker.ts'
import { expectLine } from './audit-lines.ts'
import { largeCertificate } from './large-certificate.ts'
import { startWiretap } from './wiretap.ts'

let attic: NodeProcess
let mia: NodeProcess
let miaId: string
let meshId: string
/** What only members are told: mia's signed record. */
let record: string
let stranger: Identity
const newAttacker = createAttackers(() => attic)

/** Two members; then mia's machine is gone, and somebody has seen what mia has sent. */
beforeAll(async () => {
  ;[{ approver: attic, joiner: mia }, stranger] = await Promise.all([
    joinedPair({ approver: 'attic', joiner: 'mia' }),
    createTestIdentity(),
  ])
  miaId = (await peersOf(attic))[0]?.id ?? ''
  meshId = ((await attic.call('mesh.list')).body.value as MeshView[])[0]?.id ?? ''
  await mia.kill('SIGTERM')
  record = ownRecord(mia.data, miaId)
})
afterAll(async () => {
  await Promise.all([attic?.stop(), mia?.stop()])
})

const host = 'Host: attic'
const knock = () => requestText('GET /peer/v1/link', [host])
const introduce = (token: string) => requestText('POST /peer/v1/introduce', [host], JSON.stringify({ record: token }))

function ownRecord(data: string, id: string): string {
  const database = new DatabaseSync(join(data, 'node.db'))
  try {
    return (database.prepare('SELECT record FROM members WHERE node_id = ?').get(id) as { record: string }).record
  } finally {
    database.close()
  }
}

describe('somebody without the key of a member', () => {
  const asks: [string, () => string][] = [
    ['a link', knock],
    ['a sync', () => requestText('POST /peer/v1/sync', [host], JSON.stringify({ mesh: meshId, records: [] }))],
    ['a service', () => requestText(`GET /peer/v1/services/${meshId}/echo/`, [host])],
    ['a capability', () => requestText(`GET /peer/v1/capabilities/${meshId}/ai/`, [host])],
  ]

  it.each(asks)('gets nothing without a certificate: %s', async (what, text) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.tls(), text())
    const code = what === 'a link' || what === 'a sync' ? 'forbidden' : 'not_member'
    expect(answer).toMatchObject({ statuses: [403], code })
    await expectLine(attic, { action: 'request.refused', code, address: attacker.address })
  })

  it.each(asks)('gets nothing with a certificate of its own: %s', async (_what, text) => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.tls(stranger.tls), text())
    expect(answer).toMatchObject({ statuses: [403], code: 'not_member' })
    await expectLine(attic, { action: 'request.refused', code: 'not_member', address: attacker.address, node: stranger.id })
  })

  it('gets nothing with a certificate that names a member, and is written down under its own id', async () => {
    const attacker = newAttacker()
    const cert = await makeCertificate(stranger.privateKey, miaId)
    const answer = await exchange(attacker.tls({ key: stranger.tls.key, cert }), knock())
    expect(answer).toMatchObject({ statuses: [403], code: 'not_member' })
    await expectLine(attic, { action: 'request.refused', code: 'not_member', address: attacker.address, node: stranger.id })
  })

  it('gets nothing by headers that claim to be somebody', async () => {
    const attacker = newAttacker()
    const claims = [`X-FCN-Node: ${miaId}`, `X-Forwarded-For: 127.0.0.1`, `Forwarded: for=127.0.0.1`, `X-Client-Cert: ${miaId}`]
    const answer = await exchange(attacker.tls(stranger.tls), requestText('GET /peer/v1/link', [host, ...claims]))
    expect(answer).toMatchObject({ statuses: [403], code: 'not_member' })
    await expectLine(attic, { action: 'request.refused', code: 'not_member', address: attacker.address, node: stranger.id })
  })

  it('is nobody by the ticket of a session that a key has opened', async () => {
    const attacker = newAttacker()
    const ticket = await ticketOf(attacker, stranger)
    const socket = attacker.tls({ session: ticket })
    const resumed = once(socket, 'secureConnect').then(() => socket.isSessionReused())
    const answer = await exchange(socket, knock())
    expect(await resumed).toBe(true)
    expect(answer).toMatchObject({ statuses: [403], code: 'forbidden' })
    expect((await expectLine(attic, { action: 'request.refused', code: 'forbidden', address: attacker.address })).actorId).toBeNull()
  })
})

/** The session ticket that a connection of `identity` was given. */
async function ticketOf(attacker: Attacker, { tls }: Identity): Promise<Buffer> {
  const socket = attacker.tls(tls)
  const given = once(socket, 'session') as Promise<[Buffer]>
  await exchange(socket, requestText('GET /peer/v1/hello', [host]))
  return (await given)[0]
}

describe('somebody who has seen or can alter what others send', () => {
  it('cannot show a member’s record as its own', async () => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.tls(stranger.tls), introduce(record))
    expect(answer).toMatchObject({ statuses: [403], code: 'not_member' })
    await expectLine(attic, { action: 'request.refused', code: 'not_member', address: attacker.address, node: stranger.id })
  })

  it('cannot send a recorded connection again', async () => {
    const attacker = newAttacker()
    await using tap = await startWiretap({ port: attic.port, localAddress: newAttacker().address })
    const seen = await exchange(attacker.tls({ ...stranger.tls, port: tap.port }), requestText('GET /peer/v1/hello', [host]))
    expect(seen.statuses).toEqual([200])

    const again = await exchange(attacker.plain(), tap.recorded())
    expect(again.statuses).toEqual([])
    await expectLine(attic, { action: 'connection.refused', code: 'invalid_input', address: attacker.address })
  })

  it('cannot change the order of messages', async () => {
    const attacker = newAttacker()
    await using tap = await startWiretap({ port: attic.port, localAddress: attacker.address })
    const socket = attacker.tls({ ...stranger.tls, port: tap.port })
    await once(socket, 'session') // so that the next records carry requests
    await nextTurn() // what is written inside that event is lost
    tap.swapNext()
    const first = `GET /peer/v1/hello HTTP/1.1\r\n${host}\r\n\r\n`
    await new Promise((sent) => socket.write(first, sent)) // or both would become one record
    const answer = await exchange(socket, requestText('GET /peer/v1/hello', [host]))
    expect(answer.statuses).toEqual([])
    await expectLine(attic, { action: 'connection.refused', code: 'invalid_input', address: attacker.address })
  })
})

describe('handshakes that are too large', () => {
  it('are cut off: a first message of 16 MiB', async () => {
    const attacker = newAttacker()
    const header = Buffer.from([0x16, 3, 1, 0x40, 0x00])
    const beginning = Buffer.from([1, 0xff, 0xff, 0xff, 3, 3])
    const records = Array.from({ length: 64 }, () => Buffer.concat([header, Buffer.alloc(0x4000)]))
    beginning.copy(records[0] as Buffer, header.length)
    const { text } = await exchange(attacker.plain(), Buffer.concat(records))
    expect(text).not.toContain('HTTP')
    await expectLine(attic, { action: 'connection.refused', code: 'invalid_input', address: attacker.address })
  })

  it('are cut off: a certificate of 200 kB', async () => {
    const attacker = newAttacker()
    const answer = await exchange(attacker.tls(await largeCertificate(200_000)), knock())
    expect(answer.statuses).toEqual([])
    await expectLine(attic, { action: 'connection.refused', code: 'invalid_input', address: attacker.address })
  })
})

describe('somebody who took over the address of a member', () => {
  let impostor: Server
  let heard = ''
  afterAll(() => void impostor?.close())

  it('hears nothing from the others, who write it down', async () => {
    impostor = createServer({ ...stranger.tls, minVersion: 'TLSv1.3', requestCert: true, rejectUnauthorized: false }, (socket) => {
      socket.on('error', () => socket.destroy()).on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')))
    })
    impostor.listen(mia.port, '127.0.0.1')
    await once(impostor, 'listening')
    const line = await expectLine(attic, { action: 'connection.refused', code: 'key_mismatch' }, 20_000)
    expect(line).toMatchObject({ outcome: 'refused', details: { peer: 'mia', peerId: miaId } })
    expect(heard).toBe('')
  })
})
