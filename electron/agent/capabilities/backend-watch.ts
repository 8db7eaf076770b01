import { toFcnError } from '../errors.ts'
import { backOff } from '../support/back-off.ts'
import type { Clock } from '../support/clock.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import type { Random } from '../support/random.ts'
import type { CapabilityProvider, Verdict } from './provider.ts'

interface BackendWatchComponents {
  provider: CapabilityProvider
  guard: DialGuard
  clock: Clock
  random: Random
}

/** Looks at one backend again and again: every 30 s while it works, sooner at first when it does not. */
export interface BackendWatch {
  /** Begins with a look at once; what was watched before is dropped. */
  watch(backend: URL, report: (verdict: Verdict) => void): void
  /** Resolves when no look is under way any more; nothing is reported afterwards. */
  stop(): Promise<void>
}

const interval = 30_000
const retry = { base: 2_000, cap: interval }

export function createBackendWatch({ provider, guard, clock, random }: BackendWatchComponents): BackendWatch {
  let current: { abort: AbortController; cancel: () => void } | null = null
  const underWay = new Set<Promise<void>>()

  const drop = () => {
    current?.cancel()
    current?.abort.abort()
    current = null
  }

  const look = async (watched: NonNullable<typeof current>, backend: URL): Promise<Verdict> => {
    try {
      const { detail } = await provider.check(backend, { signal: watched.abort.signal, guard })
      return { ok: true, detail: detail.slice(0, 200) }
    } catch (error) {
      return { ok: false, problem: toFcnError(error).toFailure() }
    }
  }

  return {
    watch(backend, report) {
      drop()
      const watched = { abort: new AbortController(), cancel: () => undefined as void }
      current = watched
      let failures = 0
      const round = async () => {
        const verdict = await look(watched, backend)
        if (current !== watched) return
        failures = verdict.ok ? 0 : failures + 1
        report(verdict)
        watched.cancel = clock.after(verdict.ok ? interval : backOff(failures - 1, retry, random), begin)
      }
      const begin = () => {
        const done: Promise<void> = round().finally(() => underWay.delete(done))
        underWay.add(done)
      }
      begin()
    },
    async stop() {
      drop()
      await Promise.all(underWay)
    },
  }
}
