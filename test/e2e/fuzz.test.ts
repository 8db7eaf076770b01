import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { Agent, type Dispatcher, request } from 'undici'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openIdentity } from '../../electron/agent/identity/identity.ts'
import { readControlToken } from '../../electron/agent/store/control-token.ts'
import { eventually } from '../support/eventually.ts'
import { type FuzzRequest, joinUrlRequests, localRequests, peerRequests, rawBytes, routerRequests } from './fuzz-inputs.ts'
import { joinThrough } from './joined-pair.ts'
import { type NodeProcess, startNode } from './node-process.ts'

/** Printed with a failure by being in the test's name; set it to repeat a run. */
const seed = Number(process.env['FCN_FUZZ_SEED'] ?? 20_261_122)

/** All but one answer in a hundred come within it, ms … */
const usualLimit = 1000
/** … and whatever takes longer than this counts as a hang, ms. */
const answerLimit = 4000
/** What looks at other computers or asks other programs first may take as long as that look is allowed to, ms. */
const lookLimit = 8000
const looks = /\/(?:join\.(?:start|check)|doctor\.run|diagnostics\.collect|capability\.find|service\.(?:check|suggest|share))(?:\?|$)/u
const lanes = 8
/** Most connections with noise wait to be given up. */
const rawLanes = 32
/** Heap of the target, MiB: collected late, garbage of a roomy heap would look like a leak. */
const heap = 96
/** Growth of resident memory (bytes) between equal rounds that counts as never coming back. */
const growthLimit = 48 * 1024 * 1024

interface Tally {
  statuses: Map<number, number>
  /** How long the answers took, ms, without those that may look first. */
  took: number[]
  problems: string[]
}

let node: NodeProcess
let member: NodeProcess
let token: string
let key: string
let plain: Agent
let peer: Agent

beforeAll(async () => {
  node = await startNode({ name: 'target', heap })
  member = await startNode({ name: 'member' })
  await node.fcn('create', 'Home', '--json')
  await joinThrough(node, member)
  await eventually('the member is in', async () => ((await member.fcn('mesh', '--json')).json as unknown[]).length === 1)
  const { tls } = await openIdentity(member.data, { usedBefore: true })
  await member.kill('SIGTERM')
  token = readControlToken(node.data) ?? ''
  key = ((await node.fcn('key', '--json')).json as { key: string }).key
  plain = new Agent({ connections: lanes })
  // the test is the client: whom it talks to is known by the port it started
  // and, like our nodes, it resumes no session: a resumed one proves no key
  peer = new Agent({ connections: lanes, maxCachedSessions: 0, connect: { ...tls, rejectUnauthorized: false } })
})

afterAll(async () => {
  await plain?.close()
  await peer?.close()
  await node?.stop()
  await member?.stop()
})

describe(`a node under 20,000 bad inputs (seed ${seed})`, () => {
  const surfaces = [
    { name: 'the Router API', count: 7000, requests: () => routerRequests(key), over: () => ({ dispatcher: plain, base: node.url }) },
    // before the local API, whose calls may leave the mesh
    {
      name: 'the peer API',
      count: 4500,
      requests: peerRequests,
      over: () => ({ dispatcher: peer, base: node.url.replace('http:', 'https:') }),
    },
    { name: 'the local API', count: 6500, requests: () => localRequests(token), over: () => ({ dispatcher: plain, base: node.url }) },
    { name: 'join by URL', count: 1500, requests: () => joinUrlRequests(token), over: () => ({ dispatcher: plain, base: node.url }) },
  ]

  it.each(surfaces)(
    'answers $count requests to $name in time, in words, and lives',
    { timeout: 300_000 },
    async ({ count, requests, over }) => {
      const rounds = 3
      const memory: number[] = []
      for (let round = 0; round < rounds; round++) {
        const inputs = fc.sample(requests(), { numRuns: Math.ceil(count / rounds), seed: seed + round })
        const tally = await send(inputs, over())
        expect(tally.problems.slice(0, 5)).toEqual([])
        expect(tally.took.filter((took) => took > usualLimit).length, 'slow answers').toBeLessThanOrEqual(tally.took.length / 100)
        expect(tally.statuses.get(429) ?? 0, 'refused unread, so nothing was tried').toBeLessThan(inputs.length / 2)
        if (round > 0) memory.push(await settledMemory()) // the first round fills caches
      }
      expect((memory[1] ?? 0) - (memory[0] ?? 0)).toBeLessThan(growthLimit)
      await expectAlive()
    },
  )

  it('survives 600 connections that speak no HTTP', { timeout: 120_000 }, async () => {
    const inputs = fc.sample(rawBytes, { numRuns: 600, seed })
    await inLanes(inputs, (bytes) => sendRaw(node.port, bytes), rawLanes)
    await expectAlive()
  })

  it('still has its identity, its mesh and its data when it is started again', async () => {
    const before = (await node.fcn('status', '--json')).json as { id: string }
    await node.kill('SIGTERM')
    await using again = await startNode({ name: 'target', port: node.port, data: node.data })
    const after = (await again.fcn('status', '--json')).json as { id: string }
    expect(after.id).toBe(before.id)
  })
})

async function send(inputs: readonly FuzzRequest[], { dispatcher, base }: { dispatcher: Dispatcher; base: string }): Promise<Tally> {
  const tally: Tally = { statuses: new Map(), took: [], problems: [] }
  await inLanes(inputs, async (input) => {
    const began = performance.now()
    const problem = await askOne(input, { dispatcher, base, tally }).catch((error: unknown) =>
      isCutOff(error, input) ? undefined : String(error),
    )
    const took = performance.now() - began
    const isLook = looks.test(input.path)
    if (!isLook) tally.took.push(took)
    const limit = isLook ? lookLimit : answerLimit
    const late = took > limit ? `no answer within ${limit} ms but ${Math.round(took)}` : undefined
    if (problem ?? late) tally.problems.push(`${problem ?? late}: ${JSON.stringify(input).slice(0, 400)}`)
  })
  return tally
}

/** What is wrong with the answer; undefined when nothing is. */
async function askOne(
  { method, path, headers, body }: FuzzRequest,
  { dispatcher, base, tally }: { dispatcher: Dispatcher; base: string; tally: Tally },
): Promise<string | undefined> {
  const signal = AbortSignal.timeout(2 * lookLimit)
  const answer = await request(new URL(path, base), { method, headers, body, dispatcher, signal })
  const text = await answer.body.text()
  tally.statuses.set(answer.statusCode, (tally.statuses.get(answer.statusCode) ?? 0) + 1)
  if (answer.statusCode === 500) return `500 ${text.slice(0, 200)}`
  if (answer.statusCode >= 400 && !isExplained(text, method)) return `${answer.statusCode} without a reason: ${text.slice(0, 200)}`
  return undefined
}

/** A long body that is refused unread may be cut off while it is still being sent, before its sender reads the answer (RFC 9112, 9.6). */
function isCutOff(error: unknown, { body }: FuzzRequest): boolean {
  const { code } = error as NodeJS.ErrnoException
  return (code === 'EPIPE' || code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') && (body?.length ?? 0) > 65_536
}

function isExplained(text: string, method: string): boolean {
  if (method === 'HEAD') return true
  try {
    const answer = JSON.parse(text) as { error?: string | { message?: string }; message?: string } | null
    const words = typeof answer?.error === 'object' ? answer.error.message : (answer?.error ?? answer?.message)
    return typeof words === 'string' && words !== ''
  } catch {
    return false
  }
}

/** Runs `task` for each input, a few at a time. */
async function inLanes<T>(inputs: readonly T[], task: (input: T) => Promise<void>, count = lanes): Promise<void> {
  let next = 0
  const lane = async () => {
    while (next < inputs.length) await task(inputs[next++] as T)
  }
  await Promise.all(Array.from({ length: count }, lane))
}

/** Sends the bytes, ends the connection, and waits a moment at most for the other side to do the same. */
function sendRaw(port: number, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(200, () => socket.destroy())
    socket.on('error', () => socket.destroy()) // a reset is a fine answer to noise
    socket.on('close', () => resolve())
    socket.resume().end(bytes)
  })
}

async function expectAlive(): Promise<void> {
  const began = performance.now()
  const answer = await request(new URL('/api/health', node.url), { dispatcher: plain })
  await answer.body.dump()
  expect(answer.statusCode).toBe(200)
  expect(performance.now() - began).toBeLessThan(answerLimit)
  expect(node.log()).not.toMatch(/uncaught|unhandled|heap out of memory/iu)
}

/** Least resident memory (bytes) within a few seconds, in which garbage is collected; 0 where /proc does not tell. */
async function settledMemory(): Promise<number> {
  if (process.platform !== 'linux') return 0
  let least = Number.POSITIVE_INFINITY
  for (let sample = 0; sample < 4; sample++) {
    await delay(800)
    const [, kilobytes = '0'] = /^VmRSS:\s+(\d+) kB$/mu.exec(readFileSync(`/proc/${node.pid}/status`, 'utf8')) ?? []
    least = Math.min(least, Number(kilobytes) * 1024)
  }
  return least
}
