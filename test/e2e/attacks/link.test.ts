import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { MeshView, PeerView } from '../../../electron/contract/snapshot.ts'
import { eventually } from '../../support/eventually.ts'
import { joinedPair } from '../joined-pair.ts'
import type { NodeProcess } from '../node-process.ts'
import { createAttackers } from './attacker.ts'
import { auditLines, expectLine } from './audit-lines.ts'
import { type HostileLink, openLink } from './hostile-link.ts'
import { invite } from './invitation.ts'
import { createOutsider, type Outsider, type Proof } from './outsider.ts'

let attic: NodeProcess
let mia: NodeProcess
let miaId: string
let mesh: string
let proof: Proof
/** A member of the mesh, with a key of its own and a program of its own. */
let rogue: Outsider
let links: HostileLink[] = []
const newAttacker = createAttackers(() => attic)

async function link(answer?: (request: { type: string }) => unknown): Promise<HostileLink> {
  const made = await openLink(newAttacker(), rogue, answer)
  links.push(made)
  return made
}
const say = (message: object) => ['s', { mesh, message }]
/** As the node itself sees it; the CLI takes a second to ask. */
const peers = async (node: NodeProcess) => (await node.call('peer.list')).body.value as PeerView[]
const stateOfMia = async () => (await peers(attic)).find(({ id }) => id === miaId)?.state
const refusals = async () => (await auditLines(attic, { action: 'statement.refused' })).filter(({ actorId }) => actorId === rogue.id).length

beforeAll(async () => {
  ;({ approver: attic, joiner: mia } = await joinedPair({ approver: 'attic', joiner: 'mia' }))
  miaId = (await peers(attic))[0]?.id ?? ''
  mesh = ((await attic.call('mesh.list')).body.value as MeshView[])[0]?.id ?? ''
  rogue = await createOutsider(newAttacker(), { name: 'rogue' })
  proof = await rogue.enter((await invite(attic)).secret)
})
afterEach(() => {
  for (const { socket } of links) socket.destroy()
  links = []
})
afterAll(async () => {
  await Promise.all([attic?.stop(), mia?.stop()])
})

describe('a link', () => {
  it('is not for those who are no members', async () => {
    const stranger = await createOutsider(newAttacker())
    expect(await stranger.say('GET /peer/v1/link', undefined, ['Upgrade: fcn-link'])).toMatchObject({ status: 403, code: 'not_member' })
    await expectLine(attic, { action: 'request.refused', code: 'not_member', node: stranger.id })
  })

  it.each([
    ['what is no frame', 'GET / HTTP/1.1\r\n\r\n'],
    ['a line that never ends', 'x'.repeat(1024 * 1024)],
    ['bytes that are no text', '\xff\xfe\x00\n'],
  ])('ends at %s', async (_what, bytes) => {
    const { socket, closed } = await link()
    socket.write(bytes)
    await closed()
    expect(await stateOfMia()).toBe('online')
  })

  it('takes nothing that is not of the protocol, and stays open', async () => {
    const hostile = await link()
    const odd = [
      null,
      1,
      'x',
      [],
      {},
      { mesh },
      { mesh: 'x', message: {} },
      { mesh, message: { type: 'ping' } },
      { note: { meshes: 'all' } },
    ]
    hostile.write(...odd.map((body) => ['s', body]), ...odd.map((body, n) => ['a', n, body]), ['r', 99, {}])
    hostile.write(say({ type: 'ping', seq: 7 }))
    await eventually('its ping is answered', () => hostile.heard.some((frame) => JSON.stringify(frame).includes('"ack","seq":7')))
    const answers = hostile.heard.filter(([kind]) => kind === 'r')
    expect(answers.map((answer) => answer[2])).toEqual(odd.map(() => null))
  })
})

describe('a member that lies', () => {
  it('cannot say goodbye in the name of another', async () => {
    const hostile = await link()
    const before = await refusals()
    const statement = { node: miaId, incarnation: Number.MAX_SAFE_INTEGER, gone: true, token: 'A'.repeat(86) }
    hostile.write(say({ type: 'gossip', rumours: [{ kind: 'statement', statement }] }))
    await eventually('it is written down', async () => (await refusals()) > before)
    expect(await stateOfMia()).toBe('online')
  })

  it('cannot give a record in the name of another, nor one that another did not sign', async () => {
    const before = await refusals()
    const token = await rogue.record(proof, { node: miaId, name: 'not mia', version: Number.MAX_SAFE_INTEGER - 1 })
    const record = { node: miaId, version: Number.MAX_SAFE_INTEGER - 1, left: false, token }
    const facts = [{ node: miaId, record, statement: null, notice: null }]
    const hostile = await link(({ type }) => (type === 'fetch' ? { type: 'facts', facts, wants: [], offline: [], more: false } : null))
    hostile.write(say({ type: 'gossip', rumours: [{ kind: 'have', node: miaId, version: record.version }] }))
    await eventually('it is written down', async () => (await refusals()) > before)
    expect((await peers(attic)).find(({ id }) => id === miaId)).toMatchObject({ name: 'mia', state: 'online' })
  })

  it('is not heard any more for a while after three lies, also where it tells the truth', async () => {
    const hostile = await link()
    const lie = (n: number) => ({
      kind: 'statement',
      statement: { node: miaId, incarnation: 2 ** 52 + n, gone: true, token: 'B'.repeat(86) },
    })
    for (let n = 0; n < 3; n++) hostile.write(say({ type: 'gossip', rumours: [lie(n)] }))
    hostile.write(say({ type: 'ping', seq: 77 }), ['a', 1, { mesh, request: { type: 'compare', root: '' } }])
    await eventually('its question is refused', () => hostile.heard.some(([kind, n]) => kind === 'r' && n === 1))
    expect(hostile.heard.some((frame) => JSON.stringify(frame).includes('"seq":77'))).toBe(false)
    expect(hostile.heard.find(([kind]) => kind === 'r')?.[2]).toMatchObject({ type: 'stranger' })
  })

  it('cannot make the others give up a member by accusing it', async () => {
    const other = await createOutsider(newAttacker(), { name: 'slanderer' })
    await other.enter((await invite(attic)).secret)
    const hostile = await openLink(newAttacker(), other)
    links.push(hostile)
    const states = new Set<string | undefined>()
    for (let round = 0; round < 20; round++) {
      const by = [rogue.id, other.id]
      const rumours = [0, 1, 2, 3].map((n) => ({ kind: 'accusation', node: miaId, incarnation: Date.now() + n, by, verdict: true }))
      hostile.write(say({ type: 'gossip', rumours }))
      states.add(await stateOfMia())
    }
    expect(states).toEqual(new Set(['online']))
  })

  it('does not keep the node from its work with a flood of messages and questions', async () => {
    const other = await createOutsider(newAttacker(), { name: 'flooder' })
    await other.enter((await invite(attic)).secret)
    const hostile = await openLink(newAttacker(), other)
    links.push(hostile)
    const batch = Array.from({ length: 1_000 }, (_, seq) => say({ type: 'ping', seq }))
    const questions = Array.from({ length: 100 }, (_, n) => ['a', n, { mesh, request: { type: 'compare', root: 'x' } }])
    for (let sent = 0; sent < 50; sent++) {
      hostile.write(...batch, ...questions)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const begun = performance.now()
    expect(await stateOfMia()).toBe('online')
    expect(performance.now() - begun).toBeLessThan(5_000)
    await eventually('the flood is over', () => hostile.socket.writableLength === 0, 20_000)
    const acks = hostile.heard.filter((frame) => JSON.stringify(frame).includes('"ack"')).length
    expect(acks).toBeLessThan(50_000 / 10)
    expect(await stateOfMia()).toBe('online')
    expect((await peers(mia)).find(({ name }) => name === 'attic')?.state).toBe('online')
  })
})
