/** Owner of the answer to whether this machine's connection is paid by volume: by the user's word, else as it looks. */
import type { SettingsStore, Startable } from '../components.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { isMetered, type ManagedInterface, readNmcli } from './metered.ts'
import type { NetworkWatch } from './network-watch.ts'

/** After a change of the network NetworkManager is asked once it has had time to judge it, ms; later changes wait with it. */
const settleTime = 3_000
/** How often it is asked anyway, ms: people say in its settings that a network is metered, which changes nothing else. */
const lookEvery = 900_000

interface MeteredWatchComponents {
  clock: Clock
  network: Pick<NetworkWatch, 'current' | 'changed'>
  settings: Pick<SettingsStore, 'get' | 'changed'>
  /** What `nmcli` prints (metered.ts); null where it is not or does not answer. Bounded in time. */
  askNetworkManager: (signal: AbortSignal) => Promise<string | null>
}

export interface MeteredWatch extends Startable {
  current(): boolean
  readonly changed: Signal<void>
}

export function createMeteredWatch({ clock, network, settings, askNetworkManager }: MeteredWatchComponents): MeteredWatch {
  const changed = createEmitter()
  let managed: ManagedInterface[] = []
  let told = decide()
  let running: AbortController | null = null
  let asking = Promise.resolve()
  let cancel = () => undefined as void
  let ends: (() => void)[] = []

  function decide(): boolean {
    const { metered } = settings.get()
    return metered === 'auto' ? isMetered(network.current(), managed) : metered === 'yes'
  }

  function review(): void {
    const now = decide()
    if (now === told) return
    told = now
    changed.emit()
  }

  async function ask(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return
    askIn(lookEvery) // before the wait, so that a change of the network in the meantime is not forgotten
    const text = await askNetworkManager(signal)
    if (signal.aborted) return
    managed = text === null ? [] : readNmcli(text)
    review()
  }

  function askIn(ms: number): void {
    cancel()
    cancel = clock.after(ms, () => {
      const signal = running?.signal
      if (signal) asking = asking.then(() => ask(signal))
    })
  }

  return {
    changed,
    current: () => told,
    async start() {
      if (running !== null) return
      running = new AbortController()
      ends = [
        network.changed.subscribe(() => {
          review()
          askIn(settleTime)
        }),
        settings.changed.subscribe(review),
      ]
      review()
      askIn(0)
    },
    async stop() {
      cancel()
      for (const end of ends.splice(0)) end()
      running?.abort()
      running = null
      await asking
    },
  }
}
