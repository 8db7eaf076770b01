import { toFcnError } from '../errors.ts'
import { createTurns } from '../support/turns.ts'
import type { CapabilityServer, Verdict } from './provider.ts'

/** Runs a provider's own server while its capability is on, and passes on what it says of itself. */
export interface ServerWatch {
  /** Starts it; what it finds is reported later. Safe while it runs: `report` takes the place of the one before. */
  watch(report: (verdict: Verdict) => void): void
  /** Resolves when the server has stopped; nothing is reported afterwards. */
  stop(): Promise<void>
}

export function createServerWatch(server: CapabilityServer): ServerWatch {
  const inTurn = createTurns()
  let current: { unsubscribe: () => void } | null = null
  const drop = () => {
    current?.unsubscribe()
    current = null
  }
  return {
    watch(report) {
      drop()
      const tell = () => {
        const status = server.status()
        if (status !== null) report(status)
      }
      const mine = { unsubscribe: server.changed.subscribe(tell) }
      current = mine
      inTurn(() => server.start()).then(
        () => current === mine && tell(),
        (error: unknown) => current === mine && report({ ok: false, problem: toFcnError(error).toFailure() }),
      )
    },
    stop() {
      drop()
      return inTurn(() => server.stop())
    },
  }
}
