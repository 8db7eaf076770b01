import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import { createCapabilities } from '../../../../electron/agent/capabilities/capabilities.ts'
import {
  capabilitiesSchema,
  capabilityConditionsSchema,
  capabilityLimitsSchema,
  createCapabilityStore,
} from '../../../../electron/agent/capabilities/capability-store.ts'
import type { CapabilityServer, Verdict } from '../../../../electron/agent/capabilities/provider.ts'
import { allProviders } from '../../../../electron/agent/capabilities/registry.ts'
import { createDialGuard } from '../../../../electron/agent/support/dial-guard.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemorySharing } from '../../../fakes/memory-sharing.ts'

function emptyDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const schema of [capabilitiesSchema, capabilityLimitsSchema, capabilityConditionsSchema]) database.exec(schema)
  return database
}

/** Capabilities of which `ai` answers requests itself. */
function household(database = emptyDatabase()) {
  const changed = createEmitter()
  const state = { running: false, status: null as Verdict | null, given: [] as string[], fails: false }
  const server: CapabilityServer = {
    changed,
    status: () => state.status,
    give: (url) => void state.given.push(url.href),
    serve: (_request, response) => void response.end('served'),
    async start() {
      if (state.fails) throw new Error('It does not start.')
      state.running = true
    },
    stop: async () => void (state.running = false),
  }
  const ai = { name: 'ai' as const, backend: 'an engine', check: async () => ({ detail: 'never asked' }), server }
  const clock = createFakeClock()
  const random = { bytes: (count: number) => new Uint8Array(count), fraction: () => 1 }
  const parts = { sharing: createMemorySharing(), usersOf: () => [], guard: createDialGuard(), clock, random }
  const capabilities = createCapabilities({ store: createCapabilityStore(database), providers: allProviders({ ai }), ...parts })
  const tell = (status: Verdict | null) => {
    state.status = status
    changed.emit()
  }
  /** All that was begun has happened. */
  const settled = () => clock.advance(0)
  const view = () => capabilities.list().find(({ name }) => name === 'ai')
  return { capabilities, state, server, tell, view, settled }
}

describe('a capability that answers requests itself', () => {
  it('may be on without an address, and runs while it is on and the node runs', async () => {
    const { capabilities, state, server, view, settled } = household()
    expect(await capabilities.set({ name: 'ai', enabled: true })).toMatchObject({ state: 'starting', backend: null })
    expect(state.running).toBe(false)
    await capabilities.start()
    await settled()
    expect(state.running).toBe(true)
    expect(capabilities.backend('ai')).toBe(server.serve)
    await capabilities.set({ name: 'ai', enabled: false })
    expect(state.running).toBe(false)
    expect(view()).toMatchObject({ state: 'off' })
    expect(() => capabilities.backend('ai')).toThrow(expect.objectContaining({ code: 'capability_off' }))
    await capabilities.set({ name: 'ai', enabled: true })
    await settled()
    await capabilities.stop()
    expect(state.running).toBe(false)
  })

  it('is what it says of itself, whenever it says something else', async () => {
    const { capabilities, tell, view, settled } = household()
    await capabilities.start()
    await capabilities.set({ name: 'ai', enabled: true })
    await settled()
    expect(view()).toMatchObject({ state: 'starting' })
    tell({ ok: true, detail: '3 engines, 12 models' })
    expect(view()).toMatchObject({ state: 'ready', detail: '3 engines, 12 models', problem: null })
    tell({ ok: false, problem: { code: 'backend_failed', message: 'None.', action: 'Get one.' } })
    expect(view()).toMatchObject({ state: 'problem', detail: null, problem: { action: 'Get one.' } })
    await capabilities.set({ name: 'ai', enabled: false })
    tell({ ok: true, detail: 'too late' })
    expect(view()).toMatchObject({ state: 'off', detail: null })
  })

  it('shows the problem when it does not start', async () => {
    const { capabilities, state, view, settled } = household()
    await capabilities.start()
    state.fails = true
    await capabilities.set({ name: 'ai', enabled: true })
    await settled()
    expect(view()).toMatchObject({ state: 'problem', problem: { code: 'internal' } })
  })

  it('gets an address that is given in the way of before, which is then its own matter', async () => {
    const { capabilities, state, view } = household()
    await capabilities.set({ name: 'ai', enabled: true, backend: 'http://127.0.0.1:8000/v1' })
    expect(state.given).toEqual(['http://127.0.0.1:8000/v1'])
    expect(view()).toMatchObject({ enabled: true, backend: null })
    await expect(capabilities.set({ name: 'ai', backend: 'ftp://x' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(capabilities.set({ name: 'ai', backend: 'http://169.254.169.254' })).rejects.toMatchObject({ code: 'refused_address' })
  })

  it('takes over, once, the address that an older version kept', () => {
    const database = emptyDatabase()
    database.exec("INSERT INTO capability (name, enabled, backend) VALUES ('ai', 1, 'http://127.0.0.1:9999')")
    const first = household(database)
    expect(first.state.given).toEqual(['http://127.0.0.1:9999/'])
    expect(first.view()).toMatchObject({ enabled: true, backend: null })
    expect(household(database).state.given).toEqual([])
  })

  it('leaves the others as they are: they need an address', async () => {
    const { capabilities } = household()
    await expect(capabilities.set({ name: 'compute', enabled: true })).rejects.toMatchObject({ code: 'invalid_input' })
  })
})
