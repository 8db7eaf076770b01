import type { Resources } from '../../contract/resources.ts'
import type { ResourceMeter } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import { createEmitter } from '../support/signal.ts'
import type { CpuTimes, Machine } from './machine.ts'
import { cpuBusy, differNoticeably } from './measure.ts'

interface ResourceMeterComponents {
  clock: Clock
  machine: Machine
  log: Logger
}

interface ResourceMeterOptions {
  dataDir: string
}

/**
 * Time between measurements, ms: the longer, up to `calm`, the longer nothing was worth telling. Shorter: livelier numbers,
 * more wake-ups on an idle machine.
 */
const interval = { lively: 5_000, calm: 20_000 }
/** The disk is looked at again after this, ms: it fills slowly, and asking takes a thread. */
const diskEvery = 60_000
/** Longest wait for the system to tell of graphics cards, or of the disk, ms. */
const limit = 10_000

/** Measures this machine every 5 to 20 s; announces only what a person would notice. */
export function createResourceMeter({ clock, machine, log }: ResourceMeterComponents, { dataDir }: ResourceMeterOptions): ResourceMeter {
  const changed = createEmitter()
  const measured = createEmitter()
  let latest: Resources | null = null
  let announced: Resources | null = null
  let gpus: Resources['gpus'] = []
  let previousTimes: CpuTimes | null = null
  let disk = { at: -Infinity, space: null as Resources['disk'] }
  let pause = interval.lively
  let run: { cancel: () => void; round: Promise<void> } | null = null

  /** Null, with a line in the log, when it fails or takes too long. */
  const within = async <T>(what: string, task: Promise<T>): Promise<T | null> => {
    let cancel = () => undefined as void
    const late = new Promise<never>((_resolve, reject) => {
      cancel = clock.after(limit, () => reject(new Error(`no answer within ${limit} ms`)))
    })
    try {
      return await Promise.race([task, late])
    } catch (error) {
      log.debug({ error, what }, 'The system does not tell about this.')
      return null
    } finally {
      cancel()
    }
  }

  const measure = async (): Promise<Resources> => {
    const { model, cores, times, load } = machine.cpu()
    const busy = previousTimes === null ? Math.min(1, load / cores) : cpuBusy(previousTimes, times)
    previousTimes = times
    const at = clock.monotonic()
    if (at - disk.at >= diskEvery) disk = { at, space: await within('disk', machine.disk(dataDir)) }
    return { cpu: { model, cores, busy, load: load / cores }, memory: machine.memory(), disk: disk.space, gpus }
  }

  const begin = () => {
    const current = { cancel: () => undefined as void, round: Promise.resolve() }
    const round = async () => {
      const found = await measure()
      if (run !== current) return
      latest = found
      measured.emit()
      const isNews = announced === null || differNoticeably(announced, found)
      pause = isNews ? interval.lively : Math.min(interval.calm, 2 * pause)
      if (isNews) {
        announced = found
        changed.emit()
      }
      current.cancel = clock.after(pause, () => void begin())
    }
    run = current
    current.round = round()
    return current.round
  }

  const askForGpus = async () => {
    gpus = (await within('graphics', machine.gpus())) ?? []
  }

  return {
    changed,
    current: () => announced,
    measured,
    latest: () => latest,
    async start() {
      if (run !== null) return
      // not waited for: it can take seconds, and shows with the next measurement
      void askForGpus()
      await begin()
    },
    async stop() {
      const stopped = run
      run = null
      stopped?.cancel()
      await stopped?.round
    },
  }
}
