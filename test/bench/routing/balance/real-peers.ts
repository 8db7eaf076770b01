/** The same trouble with eleven real peers behind the real router, in real time. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { createTestIdentity } from '../../../fakes/test-identity.ts'
import { freePort } from '../../../support/free-port.ts'
import { nodeCommand, startProcess } from '../pinned-process.ts'
import { relayCommand } from '../relay-command.ts'
import { programBase } from '../static-view.ts'
import type { FakePeers } from './fake-peers.ts'
import type { Outcome } from './outcomes.ts'
import { isSlowAt, peers as count } from './trouble.ts'

/** Length of the run, s, and requests per second, evenly spread. */
const run = { seconds: 60, perSecond: 150 }
/** Before the run, so that connections stand and code is compiled, s. */
const warmUp = 3
/** A request without an answer by then has failed, ms. */
const limit = 10_000

export async function realPeers(): Promise<Outcome[]> {
  await using stack = new AsyncDisposableStack()
  const folder = mkdtempSync(join(tmpdir(), 'fcn-balance-'))
  stack.defer(() => rmSync(folder, { recursive: true, force: true }))
  const identities = await Promise.all(Array.from({ length: count }, () => createTestIdentity()))
  const fake: FakePeers = { control: await freePort(), peers: [] }
  for (const { tls } of identities) fake.peers.push({ port: await freePort(), tls })
  const file = join(folder, 'peers.json')
  writeFileSync(file, JSON.stringify(fake), { mode: 0o600 })
  stack.use(await startProcess(nodeCommand(join(import.meta.dirname, 'fake-peers.ts'), [file]), fake.control))
  const urls = identities.map(({ id }, peer) => ({ id, url: `https://127.0.0.1:${fake.peers[peer]?.port}` }))
  const port = await freePort()
  stack.use(await startProcess(await relayCommand(folder, { port, peers: urls }), port))

  const agent = new Agent({ connections: 256 })
  stack.defer(() => agent.destroy())
  const ask = (at: number) => outcomeOf(agent, `http://127.0.0.1:${port}${programBase}/small`, at)
  await openLoop(warmUp, ask)
  let slow = false
  const outcomes = await openLoop(run.seconds, async (at) => {
    if (isSlowAt(at) !== slow) {
      slow = !slow
      await (await request(`http://127.0.0.1:${fake.control}/slow?${slow ? 'on' : 'off'}`)).body.dump()
    }
    return ask(at)
  })
  return outcomes
}

/** Starts requests at their times, however long others take. */
async function openLoop(seconds: number, ask: (at: number) => Promise<Outcome>): Promise<Outcome[]> {
  const running: Promise<Outcome>[] = []
  const begin = performance.now()
  const total = seconds * run.perSecond
  while (running.length < total) {
    const due = Math.min(total, ((performance.now() - begin) / 1000) * run.perSecond)
    while (running.length < due) running.push(ask(running.length / total))
    await delay(1)
  }
  return Promise.all(running)
}

async function outcomeOf(agent: Agent, url: string, at: number): Promise<Outcome> {
  const begin = performance.now()
  try {
    const { statusCode, body } = await request(url, { dispatcher: agent, signal: AbortSignal.timeout(limit) })
    await body.dump()
    return { at, took: performance.now() - begin, status: statusCode }
  } catch {
    return { at, took: limit, status: 599 } // no answer at all, which is an outcome as well
  }
}
