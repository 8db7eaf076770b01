import { describe, expect, it } from 'vitest'
import { createDoors } from '../../../../electron/agent/models/doors.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

/** A computer whose ports programs may have. */
function setUp() {
  const clock = createFakeClock()
  const taken = new Map<number, string>()
  const open = new Set<number>()
  const doors = createDoors({
    clock,
    portHolder: async (port) => (taken.has(port) ? { name: taken.get(port) as string, pid: 7 } : null),
    async open(port) {
      if (taken.has(port)) throw Object.assign(new Error('taken'), { code: 'EADDRINUSE' })
      if (port === 1_234) throw Object.assign(new Error('no'), { code: 'EACCES' })
      open.add(port)
      return { close: async () => void open.delete(port) }
    },
  })
  const states = () => doors.view().map(({ door, chosen, state, holder }) => [door, chosen, state, holder?.name ?? null])
  return { clock, taken, open, doors, states }
}

describe('doors', () => {
  it('are closed until they are chosen, and when they are not any more', async () => {
    const { doors, open, states } = setUp()
    expect(states()).toEqual([['ollama', false, 'off', null], ['lmstudio', false, 'off', null]]) // prettier-ignore
    await doors.choose(['ollama'])
    expect([...open]).toEqual([11_434])
    expect(states()[0]).toEqual(['ollama', true, 'listening', null])
    await doors.choose([])
    expect(open.size).toBe(0)
    expect(states()[0]).toEqual(['ollama', false, 'off', null])
  })

  it('say who has the port, and open as soon as that has gone', async () => {
    const { doors, taken, clock, states } = setUp()
    taken.set(11_434, 'ollama')
    await doors.choose(['ollama'])
    expect(states()[0]).toEqual(['ollama', true, 'taken', 'ollama'])
    taken.clear()
    await clock.advance(30_000)
    expect(states()[0]).toEqual(['ollama', true, 'listening', null])
    expect(clock.pending).toBe(0)
  })

  it('say that it failed for another reason, and leave the other one open', async () => {
    const { doors, states } = setUp()
    await doors.choose(['ollama', 'lmstudio'])
    expect(states().map(([, , state]) => state)).toEqual(['listening', 'failed'])
    await doors.close()
  })

  it('end with the node, and are not tried again', async () => {
    const { doors, taken, clock, open } = setUp()
    taken.set(11_434, 'ollama')
    await doors.choose(['ollama'])
    await doors.close()
    expect(clock.pending).toBe(0)
    expect(open.size).toBe(0)
  })
})
