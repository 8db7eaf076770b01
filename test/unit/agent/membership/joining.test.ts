import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { NodeCaller } from '../../../../electron/agent/components.ts'
import { joinCommitment } from '../../../../electron/agent/membership/comparison-code.ts'
import type { JoinAnswer, JoinAsk } from '../../../../electron/agent/protocol/messages.ts'
import { createMeshWorld, type Machine } from '../../../fakes/mesh-world.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

async function strangers() {
  const world = createMeshWorld()
  const a = await world.machine('anna')
  const b = await world.machine('ben')
  const mesh = await a.node.createMesh('Home')
  return { world, a, b, mesh }
}

const joinOf = (machine: Machine) => machine.node.joins()[0]
const requestAt = (machine: Machine) => machine.node.requests()[0]
const isIn = (machine: Machine) => machine.node.meshes().length === 1
const audited = (machine: Machine, action: string) => machine.audit.recorded.filter((entry) => entry.action === action)
const warnings = (machine: Machine) => machine.health.list().map(({ code }) => code)
async function restart(machine: Machine): Promise<void> {
  await machine.kill()
  await machine.start()
}

/** A stranger that speaks the protocol by hand. */
function stranger(to: Machine, address = '203.0.113.1') {
  const { id, publicKey } = createTestKey()
  const caller: NodeCaller = { kind: 'node', id, publicKey, address }
  const nonce = randomBytes(32)
  const commitment = Buffer.from(joinCommitment(nonce)).toString('base64url')
  const said = { name: 'mallory', os: 'test', protocol: 1 }
  const ask = (more: Partial<JoinAsk> = { commitment }) => to.node.inbox.ask(caller, { ...said, ...more })
  const reveal = (request: string, shown: Uint8Array = nonce) =>
    to.node.inbox.reveal(caller, request, { nonce: Buffer.from(shown).toString('base64url') })
  const requestOf = async () => requestIn(await ask())
  return {
    id,
    caller,
    nonce,
    ask,
    reveal,
    requestOf,
    isHeard: () =>
      requestOf().then(
        () => true,
        () => false,
      ),
  }
}

const requestIn = (answer: JoinAnswer) => (answer.state === 'reveal' ? answer.request : '')

describe('a join by code', () => {
  it('shows the same six digits on both sides, and needs both people, in either order', async () => {
    for (const first of ['approver', 'joiner'] as const) {
      const { world, a, b } = await strangers()
      const { id, code } = await b.node.startJoin({ url: a.url })
      expect(code).toMatch(/^\d{6}$/u)
      expect(requestAt(a)?.code).toBe(code)
      const approve = () => a.node.approveRequest(requestAt(a)?.id ?? '', { code: code ?? '' })
      const confirm = () => b.node.confirmJoin(id, code ?? '')
      await (first === 'approver' ? approve() : confirm())
      await world.advance(30_000)
      expect([isIn(b), joinOf(b)?.state]).toEqual([false, first === 'approver' ? 'confirming' : 'waiting'])
      if (first === 'joiner') await confirm() // said twice is said once
      expect((await (first === 'approver' ? confirm() : approve())).code).toBe(code)
      await world.until(() => joinOf(b)?.state === 'joined', 20_000)
      expect(isIn(b)).toBe(true)
      expect(audited(a, 'member.approved')).toMatchObject([{ details: { how: 'code', role: 'member' } }])
      expect(audited(b, 'mesh.joined')).toMatchObject([{ actorId: a.id, details: { how: 'code' } }])
    }
  })

  it('keeps its code over restarts of either side at each step', async () => {
    const { world, a, b } = await strangers()
    const { id, code } = await b.node.startJoin({ url: a.url })
    const same = () => expect([joinOf(b)?.code, requestAt(a)?.code ?? code]).toEqual([code, code])
    await restart(b)
    await restart(a)
    await world.until(() => joinOf(b)?.state === 'waiting')
    same()
    await a.node.approveRequest(requestAt(a)?.id ?? '')
    await restart(a)
    await world.until(() => joinOf(b)?.state === 'confirming', 40_000)
    await restart(b)
    await world.advance(5_000)
    expect([isIn(b), joinOf(b)?.state]).toEqual([false, 'confirming'])
    same()
    await a.kill()
    expect(await b.node.confirmJoin(id)).toMatchObject({ state: 'confirming', confirmed: true, problem: { code: 'unreachable' } })
    await restart(b)
    await a.start()
    await world.until(() => isIn(b), 40_000)
  })

  it('goes on with the same code when the answer to its nonce is lost', async () => {
    const { world, a, b } = await strangers()
    a.node.changed.subscribe(() => {
      if (a.node.requests().length === 1) world.network.set(a.id, 'silent') // the request is noted, its answer never arrives
    })
    const started = b.node.startJoin({ url: a.url })
    await world.until(() => a.node.requests().length === 1)
    const { code, id } = requestAt(a) ?? {}
    await world.advance(6_000)
    expect(await started).toMatchObject({ state: 'connecting', code: null, problem: { code: 'timeout' } })
    await restart(b)
    await world.advance(10_000)
    await restart(a)
    await world.until(() => joinOf(b)?.state === 'waiting', 40_000)
    expect([joinOf(b)?.code, requestAt(a)?.code, requestAt(a)?.id]).toEqual([code, code, id])
    expect(audited(a, 'member.requested')).toHaveLength(1)
  })

  it('refuses a code that is not the one shown, and stays as it is', async () => {
    const { a, b } = await strangers()
    const { id, code } = await b.node.startJoin({ url: a.url })
    const wrong = code === '000000' ? '000001' : '000000'
    await expect(b.node.confirmJoin(id, wrong)).rejects.toMatchObject({ code: 'code_mismatch' })
    await expect(a.node.approveRequest(requestAt(a)?.id ?? '', { code: wrong })).rejects.toMatchObject({ code: 'code_mismatch' })
    expect([joinOf(b)?.confirmed, requestAt(a)?.code]).toEqual([false, code])
    expect(audited(a, 'join.codes_differ')).toMatchObject([{ outcome: 'refused' }])
    expect(audited(b, 'join.codes_differ')).toMatchObject([{ outcome: 'refused' }])
  })

  it('tells both sides when one says that the codes differ', async () => {
    for (const who of ['joiner', 'approver'] as const) {
      const { world, a, b } = await strangers()
      const { id } = await b.node.startJoin({ url: a.url })
      if (who === 'joiner') await b.node.cancelJoin(id, { codesDiffer: true })
      else await a.node.rejectRequest(requestAt(a)?.id ?? '', { never: false, codesDiffer: true })
      await world.until(() => audited(a, 'join.codes_differ').length === 1 && audited(b, 'join.codes_differ').length === 1)
      expect([warnings(a), warnings(b)]).toEqual([['codes_differed'], ['codes_differed']])
      expect([a.node.requests(), isIn(b)]).toEqual([[], false])
      if (who === 'approver') expect(joinOf(b)).toMatchObject({ state: 'rejected', problem: { code: 'code_mismatch' } })
      expect(await b.node.startJoin({ url: a.url })).toMatchObject({ problem: { code: 'too_many', details: { retryAfter: 5 } } })
      await world.until(() => joinOf(b)?.state === 'waiting', 10_000)
    }
  })

  it('has to be asked again when it waits since before there were codes', async () => {
    const { world, a, b } = await strangers()
    await b.node.startJoin({ url: a.url })
    await Promise.all([a.kill(), b.kill()])
    a.database.exec('UPDATE join_requests SET code = NULL')
    b.database.exec('UPDATE joins SET code = NULL')
    await a.start()
    await b.start()
    await world.advance(1_000)
    expect([a.node.requests(), joinOf(b)]).toMatchObject([[], { state: 'failed', problem: { code: 'expired', action: 'Ask again.' } }])
    await b.node.startJoin({ url: a.url })
    expect(joinOf(b)).toMatchObject({ state: 'waiting', code: requestAt(a)?.code })
  })

  it('lets in with the role that the approver gives', async () => {
    const { world, a, b } = await strangers()
    await b.node.confirmJoin((await b.node.startJoin({ url: a.url })).id)
    await a.node.approveRequest(requestAt(a)?.id ?? '', { role: 'admin' })
    await world.until(() => joinOf(b)?.state === 'joined', 20_000)
    expect(b.node.meshes()).toMatchObject([{ role: 'admin' }])
  })

  it('needs no word of its person when the id of the approver was given', async () => {
    const { world, a, b } = await strangers()
    const join = await b.node.startJoin({ url: a.url, node: a.id.toLowerCase() })
    expect(join).toMatchObject({ state: 'waiting', confirmed: true, code: requestAt(a)?.code })
    await a.node.approveRequest(requestAt(a)?.id ?? '')
    await world.until(() => joinOf(b)?.state === 'joined', 20_000)
    const c = await world.machine('cleo')
    await expect(c.node.startJoin({ url: a.url, node: b.id })).rejects.toMatchObject({ code: 'key_mismatch' })
  })
})

describe('a stranger that asks', () => {
  it('is not shown to a person before its nonce is revealed, and only by whoever asked', async () => {
    const { a } = await strangers()
    const mallory = stranger(a)
    const request = await mallory.requestOf()
    expect(a.node.requests()).toEqual([])
    const other = stranger(a)
    await expect(other.reveal(request, mallory.nonce)).rejects.toMatchObject({ code: 'not_found' })
    expect(audited(a, 'join.refused')).toMatchObject([{ actorId: other.id, details: { why: 'other_request' } }])
    expect(await mallory.reveal(request)).toMatchObject({ state: 'waiting', request })
    expect(await mallory.reveal(request)).toMatchObject({ state: 'waiting', request })
    expect(a.node.requests()).toHaveLength(1)
  })

  it('is refused with another nonce than it has committed to, and then has to ask again', async () => {
    const { a } = await strangers()
    const mallory = stranger(a)
    const request = await mallory.requestOf()
    await expect(mallory.reveal(request, randomBytes(32))).rejects.toMatchObject({ code: 'untrusted' })
    await expect(mallory.reveal(request)).rejects.toMatchObject({ code: 'not_found' })
    await expect(mallory.ask()).rejects.toMatchObject({ code: 'too_many', details: { retryAfter: 5 } })
    expect(audited(a, 'join.refused').map(({ actorId, details }) => [actorId, details?.['why']])).toEqual([
      [mallory.id, 'wrong_nonce'],
      [mallory.id, 'too_many'],
    ])
  })

  it('has half a minute to reveal, and pays for not doing it', async () => {
    const { world, a } = await strangers()
    const mallory = stranger(a)
    const request = await mallory.requestOf()
    await world.clock.advance(30_000)
    await expect(mallory.reveal(request)).rejects.toMatchObject({ code: 'not_found' })
    for (const wait of [5, 15, 45]) {
      await expect(stranger(a).ask()).rejects.toMatchObject({ code: 'too_many', details: { retryAfter: wait } })
      await world.clock.advance(wait * 1000)
      await stranger(a).requestOf()
      await world.clock.advance(30_000)
    }
  })

  it('gets few codes to choose from, whatever keys it makes', async () => {
    const { a } = await strangers()
    let open = 0
    for (let i = 0; i < 20; i++) open += Number(await stranger(a).isHeard())
    expect(open).toBe(3)
  })

  it('gets few codes even from many addresses', async () => {
    const { world, a } = await strangers()
    let codes = 0
    const flood = async () => {
      for (let i = 0; i < 200; i++) {
        const each = stranger(a, `2001:db8:${i.toString(16)}::${codes}`)
        codes += Number(await each.isHeard())
      }
    }
    await flood()
    expect(codes).toBe(60)
    await world.clock.advance(60_000)
    await flood()
    expect(codes).toBe(61)
  }, 20_000)

  it('does not push out more than the oldest of 32 requests, with a note', async () => {
    const { a } = await strangers()
    for (let i = 0; i < 34; i++) {
      const each = stranger(a, `203.0.113.${i}`)
      await each.reveal(await each.requestOf())
    }
    expect(a.node.requests()).toHaveLength(32)
    expect(audited(a, 'join.dropped')).toHaveLength(2)
    expect(warnings(a)).toEqual(['requests_dropped'])
  })

  it('is refused for good after Never, and asked about again after Not now', async () => {
    const { world, a, b } = await strangers()
    await b.node.startJoin({ url: a.url })
    await a.node.rejectRequest(requestAt(a)?.id ?? '')
    await world.until(() => joinOf(b)?.state === 'rejected')
    await world.advance(5_000)
    await b.node.startJoin({ url: a.url })
    await a.node.rejectRequest(requestAt(a)?.id ?? '', { never: true, codesDiffer: false })
    await world.until(() => joinOf(b)?.state === 'rejected')
    await expect(b.node.startJoin({ url: a.url })).rejects.toMatchObject({ code: 'blocked' })
    expect(a.node.blocked()).toMatchObject([{ id: b.id, name: 'ben', why: 'request' }])
    expect(a.audit.actions()).toEqual(expect.arrayContaining(['member.rejected', 'member.never', 'join.refused']))
    a.node.unblock(b.id)
    await world.advance(15_000)
    expect(await b.node.startJoin({ url: a.url })).toMatchObject({ state: 'waiting' })
  })
})
