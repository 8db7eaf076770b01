import type { Notification } from 'electron'
import type { Clock } from '../../agent/support/clock.ts'
import type { Logger } from '../../agent/support/logger.ts'
import type { Signal } from '../../agent/support/signal.ts'
import type { Place } from '../../contract/place.ts'
import type { Snapshot } from '../../contract/snapshot.ts'
import { type Notice, noticesFor, nothingSeen, type Seen } from './notice-rules.ts'

interface NoticesComponents {
  Notification: typeof Notification
  clock: Clock
  log: Logger
  /** The snapshot may be another. */
  changed: Signal<void>
  /** Null while the node does not run. */
  snapshot: () => Snapshot | null
  /** A person looks at the window, which says the same. */
  isLookedAt: () => boolean
  show: (place: Place) => void
}

/** More than these at once help nobody; the oldest goes. They are kept here, for a notification that is collected hears no click. */
const most = 5

/** Shows the system's notifications, takes those away that are over, and leads a click to its screen. Returns the function that ends it. */
export function followNotices({ Notification, clock, log, changed, snapshot, isLookedAt, show }: NoticesComponents): () => void {
  const shown = new Map<string, Notification>()
  let seen: Seen = nothingSeen
  let cancel = () => {}

  const close = (id: string) => {
    shown.get(id)?.close()
    shown.delete(id)
  }

  const tell = ({ id, title, body, place, quiet }: Notice) => {
    close(id)
    const [oldest] = shown.keys()
    if (shown.size >= most && oldest !== undefined) close(oldest)
    const notification = new Notification({ title, body, silent: quiet })
    notification.on('click', () => show(place))
    notification.on('close', () => {
      if (shown.get(id) === notification) shown.delete(id)
    })
    notification.on('failed', (_event, error) => log.warn({ error }, 'A notification could not be shown.'))
    shown.set(id, notification)
    notification.show()
  }

  const review = () => {
    cancel()
    const state = snapshot()
    if (state === null) return
    const told = noticesFor(seen, state, clock.monotonic())
    seen = told.seen
    told.over.forEach(close)
    if (!isLookedAt() && Notification.isSupported()) told.notices.slice(-most).forEach(tell)
    if (told.lookAgain !== null) cancel = clock.after(told.lookAgain, review)
  }

  const unsubscribe = changed.subscribe(review)
  review()
  return () => {
    unsubscribe()
    cancel()
    for (const id of [...shown.keys()]) close(id)
  }
}
