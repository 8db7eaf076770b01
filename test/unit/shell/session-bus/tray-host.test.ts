import { beforeEach, describe, expect, test } from 'vitest'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import type { Bus, BusTarget } from '../../../../electron/shell/session-bus/bus-connection.ts'
import { type TrayHostWatch, watchTrayHost } from '../../../../electron/shell/session-bus/tray-host.ts'
import { trayWarning } from '../../../../electron/shell/session-bus/tray-warning.ts'
import { type BusMessage, messageType } from '../../../../electron/shell/session-bus/wire.ts'
import { createFakeClock, type FakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

const watcher = 'org.kde.StatusNotifierWatcher'

/** A session bus with, or without, a program that shows icons. */
function createBusFake() {
  const signals = createEmitter<BusMessage>()
  const closed = createEmitter()
  const state = { isOwned: false, isRegistered: true as boolean | null, isOpen: true }
  const answers: Record<string, () => unknown[]> = {
    AddMatch: () => [],
    NameHasOwner: () => [state.isOwned],
    Get() {
      if (state.isRegistered === null) throw new Error('org.freedesktop.DBus.Error.UnknownProperty')
      return [state.isRegistered]
    },
  }
  const bus: Bus = {
    signals,
    closed,
    call: async ({ member }: BusTarget) => answers[member]?.() ?? [],
    close() {
      if (!state.isOpen) return
      state.isOpen = false
      closed.emit()
    },
  }
  const signal = (member: string, ...body: string[]) => signals.emit({ type: messageType.signal, serial: 1, member, body })
  return {
    bus,
    state,
    owner(isOwned: boolean) {
      state.isOwned = isOwned
      signal('NameOwnerChanged', watcher, isOwned ? '' : ':1.5', isOwned ? ':1.6' : '')
    },
    register(isRegistered: boolean) {
      state.isRegistered = isRegistered
      signal(isRegistered ? 'StatusNotifierHostRegistered' : 'StatusNotifierHostUnregistered')
    },
  }
}

let clock: FakeClock
let buses: ReturnType<typeof createBusFake>[]
let isThere: boolean
let appeared: number

function watch(): TrayHostWatch {
  const connect = async () => {
    if (!isThere) throw new Error('ECONNREFUSED')
    const fake = createBusFake()
    fake.state.isOwned = startsOwned
    buses.push(fake)
    return fake.bus
  }
  const watching = watchTrayHost({ clock, log: createKeptLog(), connect })
  watching.appeared.subscribe(() => appeared++)
  return watching
}
let startsOwned: boolean

beforeEach(() => {
  clock = createFakeClock()
  buses = []
  isThere = true
  startsOwned = false
  appeared = 0
})

describe('the host of the tray', () => {
  test('is unknown until the bus was asked, and missing where nobody owns the name', async () => {
    const watching = watch()
    expect(watching.host()).toBe('unknown')
    await clock.advance(0)
    expect(watching.host()).toBe('missing')
  })

  test('that is there from the start calls for no second icon', async () => {
    startsOwned = true
    const watching = watch()
    await clock.advance(0)
    expect([watching.host(), appeared]).toEqual(['present', 0])
  })

  test('that comes late, and one that is started again, call for a new icon', async () => {
    const watching = watch()
    await clock.advance(0)
    buses[0]?.owner(true)
    await clock.advance(0)
    expect([watching.host(), appeared]).toEqual(['present', 1])
    buses[0]?.owner(false)
    await clock.advance(0)
    expect(watching.host()).toBe('missing')
    buses[0]?.owner(true)
    await clock.advance(0)
    expect(appeared).toBe(2)
    // another program takes the name at once
    buses[0]?.owner(true)
    await clock.advance(0)
    expect(appeared).toBe(3)
  })

  test('needs a host behind the name, where the name can tell', async () => {
    startsOwned = true
    const watching = watch()
    await clock.advance(0)
    buses[0]?.register(false)
    await clock.advance(0)
    expect(watching.host()).toBe('missing')
    buses[0]?.register(true)
    await clock.advance(0)
    expect([watching.host(), appeared]).toEqual(['present', 1])
    if (buses[0]) buses[0].state.isRegistered = null
    buses[0]?.owner(true)
    await clock.advance(0)
    expect(watching.host()).toBe('present')
  })

  test('is asked for again after a bus that went away, with growing patience', async () => {
    const watching = watch()
    await clock.advance(0)
    isThere = false
    buses[0]?.bus.close()
    expect(watching.host()).toBe('unknown')
    await clock.advance(5_000)
    isThere = true
    startsOwned = true
    await clock.advance(9_000)
    expect(watching.host()).toBe('unknown')
    await clock.advance(1_000)
    expect(watching.host()).toBe('present')
  })

  test('is asked for by nobody any more at the end', async () => {
    const watching = watch()
    await clock.advance(0)
    watching.stop()
    expect(buses[0]?.state.isOpen).toBe(false)
    expect(clock.pending).toBe(0)
  })
})

describe('the warning that there is no tray', () => {
  const gnome = { XDG_CURRENT_DESKTOP: 'GNOME', XDG_SESSION_TYPE: 'x11' }
  const sway = { XDG_CURRENT_DESKTOP: 'sway', XDG_SESSION_TYPE: 'wayland' }

  test('names the extension, and waits for a panel that comes late', () => {
    const warning = trayWarning('missing', gnome)
    expect(warning?.action).toContain('AppIndicator and KStatusNotifierItem Support')
    expect(warning?.delay).toBeGreaterThanOrEqual(10_000)
    expect(trayWarning('missing', sway)?.code).toBe('no_tray')
  })

  test.each([
    ['present', gnome],
    ['unknown', gnome],
    // trays of X11 are none of the bus's business
    ['missing', { XDG_CURRENT_DESKTOP: 'i3', XDG_SESSION_TYPE: 'x11' }],
    ['missing', {}],
  ] as const)('is not raised when the host is %s in %j', (host, env) => {
    expect(trayWarning(host, env)).toBeNull()
  })
})
