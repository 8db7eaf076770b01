/**
 * The life of the engine’s process: started when somebody asks for it, ended when nobody does for a while, killed when it
 * takes too much memory or says nothing, and after a crash started again no sooner than its back-off allows.
 */
import { FcnError } from '../../../errors.ts'
import { backOff } from '../../../support/back-off.ts'
import type { Clock } from '../../../support/clock.ts'
import { sleep } from '../../../support/clock.ts'
import type { Logger } from '../../../support/logger.ts'
import type { Random } from '../../../support/random.ts'
import type { EngineProcess, StartEngineProcess } from '../../../engine-components.ts'
import type { EmbeddedAddress } from './embedded-components.ts'
import { fromEngine, type FromEngine, type ServedFile, type ToEngine } from './engine-messages.ts'

interface EngineLifeComponents {
  clock: Clock
  random: Random
  log: Logger
  startProcess: StartEngineProcess
}

interface EngineLifeOptions {
  threads: number
  /** Bytes. */
  memory: number
  /** Hears what the process says of models, and that all of them rest when it has ended. */
  onModel: (news: Extract<FromEngine, { type: 'model' }>) => void
  /** `problem`: it did not end because it was asked to. */
  onEnd: (problem: FcnError | null) => void
}

export interface EngineLife {
  /** Starts the process when none runs. Throws `backend_failed`, the signal’s reason. */
  connect(engine: { package: string; files: readonly ServedFile[] }, signal: AbortSignal): Promise<EmbeddedAddress>
  /** Other files are served from now on; nothing when no process runs. */
  serve(files: readonly ServedFile[]): void
  /** Ends the process, if one runs; resolves when it is gone. Another `connect` starts one again. */
  end(): Promise<void>
}

/** For what JavaScript keeps in the process, MiB: requests and answers, and the tokens of a vocabulary. */
const heap = 512
/** From the start of the process until it listens, ms: a cold disk and the libraries of a graphics card take their time. */
const startLimit = 60_000
/** A process that says nothing for so long hangs, ms. */
const silenceLimit = 60_000
/** Without a request for so long its memory is given back, ms. */
const idleLimit = 10 * 60_000
const restartDelays = { base: 1_000, cap: 60_000 }
/** After so long the next crash is the first again, ms. */
const stableAfter = 5 * 60_000
/** Characters of what it wrote before it ended that are kept in the log. */
const maxErrors = 2_000

interface Running {
  process: EngineProcess
  startedAt: number
  address: Promise<EmbeddedAddress>
  lastSign: number
  lastUse: number
  /** Why it is killed, or null when it is ended because nobody needs it. */
  ending: { problem: FcnError | null } | null
  stopLooking: () => void
  gone: Promise<void>
}

export function createEngineLife(
  { clock, random, log, startProcess }: EngineLifeComponents,
  { threads, memory, onModel, onEnd }: EngineLifeOptions,
): EngineLife {
  let running: Running | null = null
  let crashes = 0
  /** No process is started before (monotonic). */
  let notBefore = 0

  const endOf = (life: Running, problem: FcnError | null) => {
    if (life.ending !== null) return
    life.ending = { problem }
    life.stopLooking()
    if (running === life) running = null
    life.process.kill()
  }

  const look = (life: Running) => {
    life.stopLooking = clock.after(silenceLimit / 4, () => {
      const now = clock.monotonic()
      if (now - life.lastSign > silenceLimit) return endOf(life, failed('does not say anything any more'))
      if (now - life.lastUse > idleLimit) return endOf(life, null)
      look(life)
    })
  }

  const hear = (life: Running, message: FromEngine) => {
    life.lastSign = clock.monotonic()
    if (message.type === 'model') onModel(message)
    if (message.type !== 'pulse') return
    if (message.busy > 0) life.lastUse = clock.monotonic()
    if (message.memory > memory) endOf(life, failed('took more memory than it may', { code: 'busy' }))
  }

  const start = (engine: { package: string; files: readonly ServedFile[] }): Running => {
    const process = startProcess({ heap })
    const now = clock.monotonic()
    const { promise, resolve, reject } = Promise.withResolvers<EmbeddedAddress>()
    promise.catch(() => undefined) // whoever asked for it may be gone
    const gone = Promise.withResolvers<void>()
    const life: Running = {
      ...{
        process,
        startedAt: now,
        address: promise,
        lastSign: now,
        lastUse: now,
        ending: null,
        stopLooking: () => {},
        gone: gone.promise,
      },
    }
    const key = Buffer.from(random.bytes(32)).toString('base64url')
    const cancelLimit = clock.after(startLimit, () => endOf(life, failed(`did not start within ${startLimit / 1_000} s`)))

    process.onMessage((said) => {
      const message = fromEngine.safeParse(said)
      if (!message.success || life.ending !== null) return
      hear(life, message.data)
      if (message.data.type === 'ready') {
        cancelLimit()
        resolve({ url: `http://127.0.0.1:${message.data.port}`, key })
      }
      if (message.data.type === 'failed') endOf(life, failed(`cannot run: ${message.data.message}`))
    })
    process.onExit(({ code, errors }) => {
      cancelLimit()
      life.stopLooking()
      if (running === life) running = null
      const problem = life.ending === null ? failed(`ended by itself (code ${code ?? 'none'})`) : life.ending.problem
      if (problem !== null) {
        crashes = clock.monotonic() - life.startedAt > stableAfter ? 1 : crashes + 1
        notBefore = clock.monotonic() + backOff(crashes - 1, restartDelays, random)
        log.warn({ code, errors: errors.slice(-maxErrors), why: problem.message }, 'The engine for model files has ended.')
      }
      reject(problem ?? failed('was ended'))
      onEnd(problem)
      gone.resolve()
    })
    const begin: ToEngine = { type: 'begin', key, package: engine.package, threads, memory, files: [...engine.files] }
    process.send(begin)
    look(life)
    return life
  }

  return {
    async connect(engine, signal) {
      const wait = notBefore - clock.monotonic()
      if (running === null && wait > 0) await sleep(clock, wait, signal)
      running ??= start(engine)
      running.lastUse = clock.monotonic()
      return orAborted(running.address, signal)
    },
    serve: (files) => running?.process.send({ type: 'files', files: [...files] } satisfies ToEngine),
    async end() {
      const life = running
      if (life === null) return
      endOf(life, null)
      await life.gone
    },
  }
}

const failed = (what: string, { code = 'backend_failed' }: { code?: 'backend_failed' | 'busy' } = {}): FcnError =>
  new FcnError(code, `The engine for model files ${what}.`, { action: 'Try a smaller model, or see the log of this node.' })

function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error)
    if (signal.aborted) return onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
