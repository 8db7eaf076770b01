/**
 * The engines' usual ports, on which this node answers for them when a person chose so and nobody else has them. On loopback
 * only. A port that is taken is tried again: the program that has it may end.
 */
import { type AiView, doorPorts, type EngineDoor, engineDoor } from '../../contract/ai.ts'
import type { PortHolder } from '../../contract/programs.ts'
import type { Clock } from '../support/clock.ts'
import { createEmitter, type Signal } from '../support/signal.ts'
import { createTurns } from '../support/turns.ts'

/** How often a port that is taken is tried again, ms. */
const tryEvery = 30_000

type DoorView = AiView['doors'][number]

export interface OpenDoor {
  close(): Promise<void>
}

interface DoorsComponents {
  /** Listens on loopback. Rejects with a system error: EADDRINUSE when another program has the port. */
  open: (port: number) => Promise<OpenDoor>
  portHolder: (port: number) => Promise<PortHolder | null>
  clock: Clock
  /** Absent: the usual ports. */
  ports?: Readonly<Record<EngineDoor, number>>
}

export interface Doors {
  readonly changed: Signal<void>
  view(): DoorView[]
  /** Opens these, closes the others; resolves when each was tried. */
  choose(doors: readonly EngineDoor[]): Promise<void>
  /** Closes all; nothing is tried any more. */
  close(): Promise<void>
}

export function createDoors({ open, portHolder, clock, ports = doorPorts }: DoorsComponents): Doors {
  const changed = createEmitter()
  const inTurn = createTurns()
  const views = new Map<EngineDoor, DoorView>(
    engineDoor.options.map((door) => [door, { door, port: ports[door], chosen: false, state: 'off', holder: null }]),
  )
  const opened = new Map<EngineDoor, OpenDoor>()
  let chosen: readonly EngineDoor[] = []
  let cancelRetry: (() => void) | null = null

  const show = (door: EngineDoor, state: DoorView['state'], holder: PortHolder | null = null) => {
    views.set(door, { door, port: ports[door], chosen: chosen.includes(door), state, holder })
    changed.emit()
  }

  const tryToOpen = async (door: EngineDoor): Promise<void> => {
    if (opened.has(door)) return
    try {
      opened.set(door, await open(ports[door]))
      show(door, 'listening')
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EADDRINUSE'
      show(door, isTaken ? 'taken' : 'failed', isTaken ? await portHolder(ports[door]) : null)
    }
  }

  const shut = async (door: EngineDoor): Promise<void> => {
    const listener = opened.get(door)
    opened.delete(door)
    await listener?.close()
    show(door, 'off')
  }

  /** Brings all doors to what is chosen. */
  const settle = async (): Promise<void> => {
    cancelRetry?.()
    cancelRetry = null
    for (const door of engineDoor.options) await (chosen.includes(door) ? tryToOpen(door) : shut(door))
    if (chosen.some((door) => !opened.has(door))) cancelRetry = clock.after(tryEvery, () => void inTurn(settle))
  }

  return {
    changed,
    view: () => [...views.values()],
    choose(doors) {
      chosen = doors
      return inTurn(settle)
    },
    close() {
      chosen = []
      return inTurn(settle)
    },
  }
}
