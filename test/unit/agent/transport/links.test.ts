import { type Duplex, duplexPair } from 'node:stream'
import { describe, expect, it } from 'vitest'
import type { Links, NodeId } from '../../../../electron/agent/components.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createLinks } from '../../../../electron/agent/transport/links.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

interface Host {
  readonly id: NodeId
  readonly links: Links
  readonly heard: [NodeId, unknown][]
  readonly failures: string[]
  /** Our ends of the connections made so far. */
  readonly dialled: Duplex[]
  readonly accepted: Duplex[]
  readonly reports: unknown[]
}

/** Hosts that dial each other over streams in memory; a refusal is listed by the id of who refuses. */
function createHosts() {
  const clock = createFakeClock()
  const hosts = new Map<NodeId, Host>()
  const refusing = new Set<NodeId>()
  const hanging = new Set<NodeId>()

  async function host(id: NodeId, options: { maxLinks?: number; answer?: (body: unknown) => unknown } = {}): Promise<Host> {
    const made = {
      id,
      heard: [] as Host['heard'],
      failures: [] as string[],
      dialled: [] as Duplex[],
      accepted: [] as Duplex[],
      reports: [] as unknown[],
    }
    const dial = async (node: NodeId, signal: AbortSignal): Promise<Duplex> => {
      if (hanging.has(node)) {
        return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      }
      const other = hosts.get(node)
      if (!other || refusing.has(node)) throw new FcnError('unreachable', 'Refused.', { details: { refused: true } })
      const [near, far] = duplexPair()
      made.dialled.push(near)
      other.accepted.push(far)
      other.links.accept(id, far)
      return near
    }
    const links = createLinks(
      { self: id, clock, dial, report: (error) => made.reports.push(error) },
      { said: (node, body) => made.heard.push([node, body]), asked: (_node, body) => (options.answer ?? ((echo) => echo))(body) },
      options,
    )
    links.failed.subscribe(({ node, how }) => made.failures.push(`${node} ${how}`))
    const whole = { ...made, links }
    hosts.set(id, whole)
    await links.start()
    return whole
  }

  const pass = (ms = 0) => clock.advance(ms)
  return { clock, host, pass, refusing, hanging }
}

describe('links', () => {
  it('are made when there is something to say, once, and carry both ways', async () => {
    const { host, pass } = createHosts()
    const [a, b] = [await host('a'), await host('b')]
    for (const n of [1, 2, 3]) a.links.say('b', n)
    await pass()
    b.links.say('a', 'four')
    await pass()
    expect(b.heard).toEqual([1, 2, 3].map((n) => ['a', n]))
    expect(a.heard).toEqual([['b', 'four']])
    expect([a.dialled.length, b.dialled.length]).toEqual([1, 0])
    expect([a.links.open(), b.links.open()]).toEqual([['b'], ['a']])
  })

  it('answer questions, also those asked before there was a connection', async () => {
    const { host, pass } = createHosts()
    const [a] = [await host('a'), await host('b', { answer: (body) => ({ got: body }) })]
    const answers = Promise.all([1, 2].map((n) => a.links.ask('b', n, 1_000)))
    await pass()
    expect(await answers).toEqual([{ got: 1 }, { got: 2 }])
  })

  it('fail a question that is refused, that fails inside, that is not answered in time, or whose connection breaks', async () => {
    const { host, pass } = createHosts()
    const a = await host('a')
    await host('refuses', { answer: () => undefined })
    const fails = await host('fails', { answer: () => Promise.reject(new Error('inside')) })
    await host('waits', { answer: () => new Promise(() => undefined) })
    const codes = ['refuses', 'fails', 'waits', 'nobody'].map((node) =>
      a.links.ask(node, 1, 1_000).then(String, (error: FcnError) => error.code),
    )
    const broken = a.links.ask('waits', 2, 60_000).then(String, (error: FcnError) => error.code)
    await pass(1_000)
    a.dialled.at(-1)?.destroy()
    await pass()
    expect(await Promise.all(codes)).toEqual(['bad_answer', 'bad_answer', 'timeout', 'unreachable'])
    expect(fails.reports).toHaveLength(1)
    expect(await broken).toBe('unreachable')
  })

  it('say whether nobody listens, whether an open one broke, and nothing when one is closed on purpose', async () => {
    const { host, pass, refusing } = createHosts()
    const [a, b] = [await host('a'), await host('b')]
    refusing.add('b')
    a.links.say('b', 1)
    await pass()
    expect(a.failures).toEqual(['b refused'])
    refusing.clear()
    await pass(300)
    a.links.say('b', 2)
    await pass()
    b.accepted[0]?.destroy()
    a.dialled[0]?.destroy()
    await pass()
    expect(a.failures).toEqual(['b refused', 'b lost'])
    a.links.say('b', 3)
    await pass()
    b.links.close('a', 'bye')
    await pass(2_000)
    expect(a.failures).toEqual(['b refused', 'b lost'])
    expect(a.links.open()).toEqual([])
    expect(b.heard.map(([, body]) => body)).toEqual([2, 3])
  })

  it('are not dialled again at once after a refusal, and not for ever when nothing comes back', async () => {
    const { host, pass, refusing, hanging } = createHosts()
    const a = await host('a')
    await host('b')
    refusing.add('b')
    for (let i = 0; i < 10; i++) {
      a.links.say('b', i)
      await pass(10)
    }
    expect(a.failures).toEqual(['b refused'])
    hanging.add('c')
    a.links.say('c', 1)
    await pass(5_000)
    expect(a.failures).toEqual(['b refused', 'c unreachable'])
  })

  it('are one when both sides dial at the same moment, and what was said over either arrives', async () => {
    const { host, pass } = createHosts()
    const [a, b] = [await host('a'), await host('b')]
    a.links.say('b', 'from a')
    b.links.say('a', 'from b')
    await pass()
    a.links.say('b', 'again')
    b.links.say('a', 'again')
    await pass(3_000)
    expect(a.heard.map(([, body]) => body)).toEqual(['from b', 'again'])
    expect(b.heard.map(([, body]) => body)).toEqual(['from a', 'again'])
    const open = [...a.dialled, ...b.dialled].filter((socket) => !socket.destroyed)
    expect(open).toHaveLength(1)
    expect([a.failures, b.failures]).toEqual([[], []])
    a.links.say('b', 'still')
    await pass()
    expect(b.heard.at(-1)).toEqual(['a', 'still'])
  })

  it('give way to a newer one of the same side, whose machine may have forgotten the first', async () => {
    const { host, pass } = createHosts()
    const [a, b] = [await host('a'), await host('b')]
    a.links.say('b', 1)
    await pass(5_000)
    const [, late] = duplexPair()
    b.links.accept('a', late)
    await pass(3_000)
    expect(b.accepted[0]?.destroyed).toBe(true)
    expect(b.failures).toEqual([])
  })

  it('are bounded: the one unused for longest is closed', async () => {
    const { host, pass } = createHosts()
    const a = await host('a', { maxLinks: 2 })
    for (const id of ['b', 'c', 'd']) await host(id)
    for (const id of ['b', 'c', 'b', 'd']) {
      a.links.say(id, id)
      await pass(10)
    }
    await pass(2_000)
    expect(a.links.open()).toEqual(['b', 'd'])
    expect(a.failures).toEqual([])
  })

  it('say their last word when the node stops, and take nothing afterwards', async () => {
    const { host, pass } = createHosts()
    const [a, b] = [await host('a'), await host('b')]
    a.links.say('b', 1)
    await pass()
    a.links.say('b', 'bye')
    const pending = a.links.ask('b', 2, 1_000).catch((error: FcnError) => error.code)
    const stopped = a.links.stop()
    await pass(2_000)
    await stopped
    expect(b.heard.map(([, body]) => body)).toEqual([1, 'bye'])
    expect(await pending).toBe('not_running')
    a.links.say('b', 'late')
    await expect(a.links.ask('b', 3, 1_000)).rejects.toMatchObject({ code: 'not_running' })
    await pass(1_000)
    expect(b.heard).toHaveLength(2)
    expect(b.failures).toEqual([])
  })
})
