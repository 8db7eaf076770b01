import type { Clock } from '../../electron/agent/support/clock.ts'
import { type PortMapper, type Router, RouterRefusal } from '../../electron/agent/network/port-mapping/port-mapper.ts'

/** A router in memory that keeps mappings for as long as it grants them, in virtual time. */
export interface MemoryRouter extends PortMapper {
  address: string
  /** Says nothing at all. */
  silent: boolean
  refuses: RouterRefusal | null
  /** Lifetime it grants at most, s; null: it knows no end. */
  grants: number | null
  /** How often it was asked to map or renew. */
  readonly maps: number
  /** Looks for it so far, also those in vain. */
  readonly looks: number
  /** Ports outside → where they lead, of what has not run out. */
  mapped(): Record<number, string>
  /** It restarts, and has forgotten everything. */
  restart(): void
  /** Answers only once this has been called, until the next hold. */
  hold(): () => void
}

export function createMemoryRouter(clock: Clock, protocol: Router['protocol'] = 'NAT-PMP'): MemoryRouter {
  const mappings = new Map<number, { target: string; until: number }>()
  let [maps, looks] = [0, 0]
  let held: Promise<void> = Promise.resolve()

  /** Never answers; ends with the signal. */
  const silence = (signal: AbortSignal) =>
    new Promise<never>((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }))

  const router: MemoryRouter = {
    ...{ address: '11.22.33.1', silent: false, refuses: null, grants: 86_400 },
    get maps() {
      return maps
    },
    get looks() {
      return looks
    },
    mapped: () =>
      Object.fromEntries([...mappings].flatMap(([port, { target, until }]) => (until > clock.monotonic() ? [[port, target]] : []))),
    restart: () => mappings.clear(),
    hold() {
      let release = () => {}
      held = new Promise((resolve) => (release = resolve))
      return release
    },
    async find({ own }) {
      looks += 1
      if (router.silent) return null
      return {
        ...{ protocol, address: router.address },
        async map({ port, outside, lifetime }, signal) {
          if (router.silent) return silence(signal)
          await held
          if (router.refuses !== null) throw router.refuses
          maps += 1
          const granted = router.grants === null ? null : Math.min(lifetime, router.grants)
          mappings.set(outside, { target: `${own}:${port}`, until: clock.monotonic() + (granted ?? Infinity) * 1_000 })
          return { outside, lifetime: granted }
        },
        async unmap({ port, outside }) {
          if (router.silent) throw new RouterRefusal('no_answer', 'It does not answer any more.')
          if (mappings.get(outside)?.target === `${own}:${port}`) mappings.delete(outside)
        },
      }
    },
  }
  return router
}
