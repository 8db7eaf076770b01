import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { capabilityNames, type CapabilityName } from '../../../../electron/contract/capability.ts'
import { defaultLimits } from '../../../../electron/contract/routing.ts'
import {
  capabilitiesSchema,
  capabilityConditionsSchema,
  capabilityLimitsSchema,
  createCapabilityStore,
} from '../../../../electron/agent/capabilities/capability-store.ts'
import { createCapabilities } from '../../../../electron/agent/capabilities/capabilities.ts'
import type { CapabilityProvider } from '../../../../electron/agent/capabilities/provider.ts'
import { FcnError } from '../../../../electron/agent/errors.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { defaultConditions } from '../../../../electron/contract/sharing.ts'
import { createMemorySharing } from '../../../fakes/memory-sharing.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'

function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  database.exec(capabilitiesSchema)
  database.exec(capabilityLimitsSchema)
  database.exec(capabilityConditionsSchema)
  return database
}

/** Providers whose programs are well or not as the test says, and capabilities over them. */
function household(database = emptyDatabase()) {
  const programs = { well: true, checks: 0, aborted: 0, hang: false }
  const provider = (name: CapabilityName): CapabilityProvider => ({
    name,
    backend: 'a program',
    async check(_backend, { signal }) {
      programs.checks++
      if (programs.hang) {
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }),
        ).finally(() => programs.aborted++)
      }
      if (programs.well) return { detail: 'works' }
      throw new FcnError('backend_failed', 'It does not answer.', { action: 'Start it.' })
    },
  })
  const providers = Object.fromEntries(capabilityNames.map((name) => [name, provider(name)])) as Record<CapabilityName, CapabilityProvider>
  const clock = createFakeClock()
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 1 }
  const sharing = createMemorySharing()
  const capabilities = createCapabilities({
    ...{ store: createCapabilityStore(database), providers, sharing, usersOf: () => [], guard: createDialGuard(), clock, random },
  })
  let changes = 0
  capabilities.changed.subscribe(() => changes++)
  const view = (name: CapabilityName) => capabilities.list().find((one) => one.name === name)
  return { capabilities, sharing, clock, programs, database, view, changes: () => changes }
}
const url = 'http://127.0.0.1:11434/'

describe('a capability', () => {
  it('is off until the user says otherwise', () => {
    const { capabilities } = household()
    expect(capabilities.list().map(({ name, state }) => [name, state])).toEqual(capabilityNames.map((name) => [name, 'off']))
    expect(() => capabilities.backend('ai')).toThrow(expect.objectContaining({ code: 'capability_off', status: 404 }))
  })

  it('cannot be on without a program behind it, nor with an address that is none', async () => {
    const { capabilities } = household()
    await expect(capabilities.set({ name: 'ai', enabled: true })).rejects.toMatchObject({
      code: 'invalid_input',
      action: 'Give the address of a program.',
    })
    for (const backend of ['ftp://x', 'nonsense', 'http://user:secret@host/', 'http://host/?key=1', 'javascript:alert(1)']) {
      await expect(capabilities.set({ name: 'ai', backend })).rejects.toMatchObject({ code: 'invalid_input' })
    }
    expect(capabilities.list().every(({ state, backend }) => state === 'off' && backend === null)).toBe(true)
  })

  it('is starting when switched on, then ready with what was found', async () => {
    const { capabilities, clock, view } = household()
    await capabilities.start()
    expect(await capabilities.set({ name: 'ai', enabled: true, backend: url })).toMatchObject({ state: 'starting', enabled: true })
    await clock.advance(0)
    expect(view('ai')).toMatchObject({ state: 'ready', detail: 'works', problem: null, checkedAt: clock.now() })
    expect(String(capabilities.backend('ai'))).toBe(url)
  })

  it('shows a problem with its reason while the program is down, and is ready again soon after', async () => {
    const { capabilities, clock, view, programs } = household()
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    await clock.advance(0)
    programs.well = false
    await clock.advance(30_000)
    expect(view('ai')).toMatchObject({ state: 'problem', detail: null, problem: { code: 'backend_failed', action: 'Start it.' } })
    programs.well = true
    await clock.advance(2_000)
    expect(view('ai')).toMatchObject({ state: 'ready', problem: null })
  })

  it('is looked at ever less often while it stays down, at most 30 s apart', async () => {
    const { capabilities, clock, programs } = household()
    programs.well = false
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    await clock.advance(2_000 + 4_000 + 8_000 + 16_000)
    expect(programs.checks).toBe(5)
    await clock.advance(300_000)
    expect(programs.checks).toBe(15)
  })

  it('announces changes only, not every look', async () => {
    const { capabilities, clock, changes } = household()
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    await clock.advance(300_000)
    expect(changes()).toBe(2) // starting, ready
  })

  it('is off at once when switched off, while a look is under way too', async () => {
    const { capabilities, clock, programs, view } = household()
    programs.hang = true
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    expect(await capabilities.set({ name: 'ai', enabled: false })).toMatchObject({ state: 'off', backend: 'http://127.0.0.1:11434' })
    expect(programs.aborted).toBe(1)
    programs.hang = false
    await clock.advance(120_000)
    expect(view('ai')).toMatchObject({ state: 'off' })
    expect(programs.checks).toBe(1)
  })

  it('is as the user left it after a restart', async () => {
    const { capabilities, database } = household()
    await capabilities.set({ name: 'storage', enabled: true, backend: 'http://127.0.0.1:9000' })
    const again = household(database)
    expect(again.view('storage')).toMatchObject({ enabled: true, state: 'starting', backend: 'http://127.0.0.1:9000' })
    await again.capabilities.start()
    await again.clock.advance(0)
    expect(again.view('storage')).toMatchObject({ state: 'ready' })
  })

  it('rests when the node stops, however often it is told to', async () => {
    const { capabilities, clock, programs } = household()
    await capabilities.stop()
    await capabilities.start()
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    await clock.advance(0)
    await capabilities.stop()
    await capabilities.stop()
    await clock.advance(600_000)
    expect(programs.checks).toBe(1)
  })
})

describe('limits of a capability', () => {
  it('are the usual ones until the user chooses', () => {
    const { capabilities, view } = household()
    expect(capabilities.limits('ai')).toEqual(defaultLimits)
    expect(view('ai')?.limits).toEqual(defaultLimits)
  })

  it('are changed one by one, and stay over a restart and a switch', async () => {
    const { capabilities, database } = household()
    await capabilities.set({ name: 'ai', limits: { concurrent: 8, concurrentPerPeer: 4 } })
    await capabilities.set({ name: 'ai', limits: { bandwidthPerPeer: 5_000_000 } })
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    const again = household(database)
    expect(again.capabilities.limits('ai')).toEqual({
      concurrent: 8,
      concurrentPerPeer: 4,
      queue: defaultLimits.queue,
      bandwidthPerPeer: 5_000_000,
    })
    expect(again.view('ai')).toMatchObject({ enabled: true, state: 'starting' })
  })

  it('leave what is offered alone: no new look, no moment of “starting”', async () => {
    const { capabilities, clock, programs, view, changes } = household()
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    await clock.advance(0)
    const before = { checks: programs.checks, changes: changes() }
    await capabilities.set({ name: 'ai', limits: { queue: 0 } })
    expect(view('ai')).toMatchObject({ state: 'ready', detail: 'works', limits: { queue: 0 } })
    expect({ checks: programs.checks, changes: changes() }).toEqual({ checks: before.checks, changes: before.changes + 1 })
  })

  it('never give one peer more places than there are', async () => {
    const { capabilities } = household()
    await capabilities.set({ name: 'ai', limits: { concurrent: 8 } })
    expect(capabilities.limits('ai').concurrentPerPeer).toBe(8)
    await expect(capabilities.set({ name: 'ai', limits: { concurrentPerPeer: 9 } })).rejects.toMatchObject({ code: 'invalid_input' })
    await capabilities.set({ name: 'ai', limits: { concurrent: defaultLimits.concurrent } })
    expect(capabilities.limits('ai')).toEqual(defaultLimits)
  })

  it('are the usual ones again when every choice is taken back', async () => {
    const { capabilities } = household()
    await capabilities.set({ name: 'ai', limits: { queue: 3, bandwidthPerPeer: 4096 } })
    expect(await capabilities.set({ name: 'ai', limits: null })).toMatchObject({ limits: defaultLimits })
  })
})

describe('a pause of a capability', () => {
  it('shows while it is on, with what is known behind it, and not to this machine', async () => {
    const { capabilities, sharing, clock, view, changes } = household()
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    await clock.advance(0)
    const before = changes()
    sharing.put('ai', { why: 'battery', until: null })
    sharing.put('storage', { why: 'battery', until: null })
    expect(changes()).toBe(before + 2)
    expect(view('ai')).toMatchObject({ state: 'paused', paused: { why: 'battery' }, detail: 'works' })
    expect(view('storage')).toMatchObject({ state: 'off', paused: null })
    expect(capabilities.own().find(({ name }) => name === 'ai')).toEqual({ name: 'ai', state: 'ready' })
    sharing.put('ai', null)
    expect(view('ai')).toMatchObject({ state: 'ready', paused: null })
    await capabilities.stop()
  })

  it('follows the conditions, which are kept, disturb no check, and are the usual ones when taken back', async () => {
    const { capabilities, programs, database, sharing, view } = household()
    await capabilities.set({ name: 'ai', conditions: { whileInUse: false, idleMinutes: 10 } })
    expect(sharing.followed.has('ai')).toBe(false)
    await capabilities.set({ name: 'ai', enabled: true, backend: url })
    expect(sharing.followed.get('ai')).toEqual({ ...defaultConditions, whileInUse: false, idleMinutes: 10 })
    await capabilities.set({ name: 'ai', conditions: { idleMinutes: 20 } })
    expect(programs.checks).toBe(0)
    const again = household(database)
    expect(again.view('ai')).toMatchObject({ conditions: { ...defaultConditions, whileInUse: false, idleMinutes: 20 } })
    expect(again.sharing.followed.get('ai')).toEqual(again.view('ai')?.conditions)
    await capabilities.set({ name: 'ai', conditions: null })
    expect(view('ai')?.conditions).toEqual(defaultConditions)
    await capabilities.set({ name: 'ai', enabled: false })
    expect(sharing.followed.has('ai')).toBe(false)
  })
})

describe('a backend at an address that is never dialled', () => {
  it.each(['http://169.254.169.254', 'http://[fe80::1]', 'http://0.0.0.0:11434'])('is not taken: %s', async (backend) => {
    const { capabilities } = household()
    await expect(capabilities.set({ name: 'ai', enabled: true, backend })).rejects.toMatchObject({ code: 'refused_address' })
    expect(capabilities.list().every(({ enabled }) => !enabled)).toBe(true)
  })
})
