/**
 * Whether this Linux desktop shows tray icons: it does when somebody owns the name of the StatusNotifierWatcher and a host
 * is registered with it (StatusNotifierItem specification). GNOME has none without an extension.
 */
import type { Clock } from '../../agent/support/clock.ts'
import type { Logger } from '../../agent/support/logger.ts'
import { createEmitter, type Signal } from '../../agent/support/signal.ts'
import { type Bus, busItself } from './bus-connection.ts'
import type { BusMessage } from './wire.ts'

/** `unknown` while the bus cannot be asked. */
export type TrayHost = 'present' | 'missing' | 'unknown'

export interface TrayHostWatch {
  host(): TrayHost
  readonly changed: Signal<void>
  /** A host has come, or come again: an icon that was made before may not be shown by it. */
  readonly appeared: Signal<void>
  stop(): void
}

interface TrayHostComponents {
  clock: Clock
  log: Logger
  connect: () => Promise<Bus>
}

const watcher = 'org.kde.StatusNotifierWatcher'
const watcherPath = '/StatusNotifierWatcher'

/** A bus that is not there is asked again after this, ms: doubling, for a session may still be starting. */
const retryDelays = { base: 5_000, cap: 5 * 60_000 }

/** Asks, and follows what the bus tells from then on. Never throws. */
export function watchTrayHost({ clock, log, connect }: TrayHostComponents): TrayHostWatch {
  const changed = createEmitter()
  const appeared = createEmitter()
  let host: TrayHost = 'unknown'
  let bus: Bus | null = null
  let stopped = false
  let attempt = 0
  let cancelRetry = () => {}
  let looking = Promise.resolve()

  const set = (next: TrayHost) => {
    if (stopped || next === host) return
    host = next
    changed.emit()
  }

  const look = async (asked: Bus, isNews: boolean) => {
    const found = await hostAt(asked)
    if (asked !== bus) return
    const comes = found === 'present' && (isNews || host === 'missing')
    set(found)
    if (comes) appeared.emit()
  }

  const follow = async (opened: Bus) => {
    opened.signals.subscribe((signal) => {
      if (!isAboutHost(signal)) return
      // one after the other: the last answer is about the last signal
      looking = looking.then(() => look(opened, isNewOwner(signal))).catch(giveUp(opened))
    })
    opened.closed.subscribe(() => lost(opened))
    await opened.call(
      { ...busItself, member: 'AddMatch' },
      `type='signal',sender='${busItself.destination}',member='NameOwnerChanged',arg0='${watcher}'`,
    )
    await opened.call({ ...busItself, member: 'AddMatch' }, `type='signal',interface='${watcher}'`)
    await look(opened, false)
  }

  const giveUp = (opened: Bus) => (error: unknown) => {
    log.warn({ err: error }, 'The session bus did not tell whether there is a tray.')
    opened.close()
  }

  const lost = (gone: Bus) => {
    if (gone !== bus) return
    bus = null
    set('unknown')
    retry()
  }

  const retry = () => {
    if (stopped) return
    const delay = Math.min(retryDelays.cap, retryDelays.base * 2 ** Math.min(attempt++, 10))
    cancelRetry()
    cancelRetry = clock.after(delay, () => void open())
  }

  const open = async () => {
    try {
      const opened = await connect()
      if (stopped) return opened.close()
      bus = opened
      await follow(opened).catch(giveUp(opened))
      attempt = 0
    } catch (error) {
      log.info({ err: error }, 'The session bus cannot be asked whether there is a tray.')
      retry()
    }
  }

  void open()
  return {
    host: () => host,
    changed,
    appeared,
    stop() {
      stopped = true
      cancelRetry()
      bus?.close()
      bus = null
    },
  }
}

async function hostAt(bus: Bus): Promise<TrayHost> {
  const [isOwned] = await bus.call({ ...busItself, member: 'NameHasOwner' }, watcher)
  if (isOwned !== true) return 'missing'
  try {
    const target = { destination: watcher, path: watcherPath, interface: 'org.freedesktop.DBus.Properties', member: 'Get' }
    const [isRegistered] = await bus.call(target, watcher, 'IsStatusNotifierHostRegistered')
    return isRegistered === false ? 'missing' : 'present'
  } catch {
    // not every watcher has the property; whoever takes the name means to show icons
    return 'present'
  }
}

const isAboutHost = ({ member, body }: BusMessage) =>
  (member === 'NameOwnerChanged' && body[0] === watcher) || /^StatusNotifierHost(?:Unr|R)egistered$/u.test(member ?? '')

/** Another program has taken the name: it knows nothing of the icons that were shown. */
const isNewOwner = ({ member, body }: BusMessage) => member === 'NameOwnerChanged' && typeof body[2] === 'string' && body[2] !== ''
