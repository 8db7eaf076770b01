import { randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent, request } from 'undici'
import { answerTo, createLedger, type Ledger, type Position, positions } from './counting-service.ts'
import { type ServingMesh, startServingMesh } from './serving-mesh.ts'

/** Told to the nodes in `x-fcn-timeout`, ms. */
export const deadline = 5_000
/** How long requests may take to get to their position, ms; those that a node holds back never do. */
const approach = 1_500

/** What was sent at the position has reached the program after this time, ms. */
const passage = 50

/** What a program may ask for. `idempotent`: by its method or its key. `replayable`: the node can send the body again. */
export const kinds = {
  GET: { method: 'GET', size: 0, key: false, idempotent: true, replayable: true },
  'PUT, 64 KiB': { method: 'PUT', size: 65_536, key: false, idempotent: true, replayable: true },
  'PUT, 4 MiB': { method: 'PUT', size: 4_194_304, key: false, idempotent: true, replayable: false },
  'POST, 64 KiB': { method: 'POST', size: 65_536, key: false, idempotent: false, replayable: true },
  'POST with a key, 64 KiB': { method: 'POST', size: 65_536, key: true, idempotent: true, replayable: true },
} as const
type Kind = keyof typeof kinds

/** What a program saw of one request. */
export interface Outcome {
  position: Position | 'anywhere'
  kind: Kind
  nonce: string
  /**
   * `refused`: an error that says why. `cut`: the answer had begun and its end did not come, which the program notices.
   * `broken`: not even a status came. `lie`: an answer that looks whole and is not.
   */
  result: 'ok' | 'refused' | 'cut' | 'broken' | 'lie'
  /** Status and code, or the error of the connection. */
  why: string
  ms: number
  seen: number
  executed: number
}

export interface Killing {
  kills: number
  outcomes: Outcome[]
}

export interface KillOptions {
  /** Kills at each position. */
  rounds: number
  /** Requests of each kind that are under way when the node is killed. */
  each: number
}

/**
 * Kills (SIGKILL) one of two serving nodes while requests of every kind have come to one position, again and again, and
 * starts it again. Other small requests run all the time.
 */
export async function killServingNodes({ rounds, each }: KillOptions): Promise<Killing> {
  const ledger = createLedger()
  const services = [await ledger.serve(), await ledger.serve()]
  await using mesh = await startServingMesh(['attic', 'cellar'])
  const agent = new Agent({ connections: 256 })
  try {
    await mesh.share(
      'work',
      services.map(({ port }) => port),
    )
    const ask = createAsker(mesh, ledger, agent)
    const outcomes: Outcome[] = []
    const background = runAllTheTime(() => ask('GET', 'anywhere'), outcomes)
    let kills = 0
    for (let round = 0; round < rounds; round++) {
      for (const position of positions) {
        const open = ledger.close()
        const asked = await killAt(position, {
          mesh,
          busiest: () =>
            (ledger.waiting().get(services[0]?.port ?? 0) ?? 0) >= (ledger.waiting().get(services[1]?.port ?? 0) ?? 0) ? 0 : 1,
          start: () => Object.keys(kinds).flatMap((kind) => Array.from({ length: each }, () => ask(kind as Kind, position))),
          allThere: () => [...ledger.waiting().values()].reduce((sum, count) => sum + count, 0) >= expectedAt(position) * each,
          turn: kills % 2,
          open,
        })
        kills += 1
        outcomes.push(...(await Promise.all(asked.outcomes)))
        await mesh.restart(asked.victim, 'work')
      }
    }
    await background.stop()
    const counted = outcomes.map((outcome) => ({ ...outcome, seen: ledger.seen(outcome.nonce), executed: ledger.executed(outcome.nonce) }))
    return { kills, outcomes: counted }
  } finally {
    await agent.destroy()
    await Promise.all(services.map((service) => service.stop()))
  }
}

interface Kill {
  mesh: ServingMesh
  /** The serving node at which most requests wait. */
  busiest: () => number
  start: () => Promise<Outcome>[]
  /** Whether every request has come to the position. */
  allThere: () => boolean
  turn: number
  open: () => void
}

async function killAt(position: Position, { mesh, busiest, start, allThere, turn, open }: Kill) {
  const nodeAt = (index: number) => mesh.serving[index] as ServingMesh['serving'][number]
  if (position === 'before connecting') {
    await nodeAt(turn).kill()
    open()
    return { victim: turn, outcomes: start() }
  }
  if (position === 'before the request is read') {
    process.kill(nodeAt(turn).pid, 'SIGSTOP') // its kernel still takes connections and bytes
    const outcomes = start()
    await delay(200)
    await nodeAt(turn).kill()
    open()
    return { victim: turn, outcomes }
  }
  const outcomes = start()
  const end = performance.now() + approach
  while (!allThere() && performance.now() < end) await delay(5)
  await delay(passage)
  const victim = busiest()
  await nodeAt(victim).kill()
  open()
  return { victim, outcomes }
}

function createAsker(mesh: ServingMesh, ledger: Ledger, agent: Agent) {
  return async (kind: Kind, position: Position | 'anywhere'): Promise<Outcome> => {
    const { method, size, key } = kinds[kind]
    const nonce = randomBytes(9).toString('hex')
    const headers = {
      'x-nonce': nonce,
      'x-position': position,
      'x-fcn-timeout': String(deadline),
      ...(key ? { 'idempotency-key': nonce } : {}),
      ...(size === 0 ? {} : { 'content-length': String(size) }),
    }
    const began = performance.now()
    const done = (result: Outcome['result'], why: string): Outcome => ({
      position,
      kind,
      nonce,
      result,
      why,
      ms: performance.now() - began,
      seen: 0,
      executed: 0,
    })
    let status = 0
    const late = AbortSignal.timeout(deadline * 3)
    try {
      const body =
        size === 0 ? null : Readable.from(bodyOf(size, position === 'in the request body' || position === 'after the request head', ledger))
      const answer = await request(mesh.at('work', '/'), { dispatcher: agent, method, headers, body, signal: late })
      status = answer.statusCode
      const content = Buffer.from(await answer.body.arrayBuffer())
      if (status === 200)
        return content.equals(answerTo(nonce, position)) ? done('ok', '200') : done('lie', `200 with ${content.length} bytes`)
      const code = answer.headers['x-fcn-error']
      return done(status >= 400 && typeof code === 'string' ? 'refused' : 'lie', `${status} ${String(code)}`)
    } catch (error) {
      return done(status === 0 ? 'broken' : 'cut', String(error))
    }
  }
}

/** Its second half comes when `slow` and the first requests were killed, or could not come to where they should be. */
async function* bodyOf(size: number, slow: boolean, ledger: Ledger) {
  yield Buffer.alloc(size / 2, 'a')
  const end = performance.now() + approach
  if (slow) while (ledger.isClosed() && performance.now() < end) await delay(5)
  yield Buffer.alloc(size / 2, 'b')
}

/** A request without a body never comes into the middle of it. */
const expectedAt = (position: Position) => Object.values(kinds).filter(({ size }) => size > 0 || position !== 'in the request body').length

/** Two programs that ask again and again. */
function runAllTheTime(ask: () => Promise<Outcome>, outcomes: Outcome[]) {
  const over = new AbortController()
  const loops = Array.from({ length: 2 }, async () => {
    while (!over.signal.aborted) {
      outcomes.push(await ask())
      await delay(20)
    }
  })
  return {
    async stop() {
      over.abort()
      await Promise.all(loops)
    },
  }
}
