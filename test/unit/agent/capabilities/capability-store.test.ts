import { DatabaseSync } from 'node:sqlite'
import { describe, expect, it } from 'vitest'
import {
  capabilitiesSchema,
  capabilityConditionsSchema,
  capabilityLimitsSchema,
  createCapabilityStore,
} from '../../../../electron/agent/capabilities/capability-store.ts'

describe('capability store', () => {
  it('keeps what was chosen before there were limits and conditions', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(capabilitiesSchema)
    database.exec(`INSERT INTO capability (name, enabled, backend) VALUES ('ai', 1, 'http://127.0.0.1:11434')`)
    database.exec(capabilityLimitsSchema)
    database.exec(capabilityConditionsSchema)
    const store = createCapabilityStore(database)
    expect(store.get('ai')).toEqual({ enabled: true, backend: 'http://127.0.0.1:11434', limits: {}, conditions: {} })
    store.save('ai', { enabled: false, backend: null, limits: { queue: 0 }, conditions: { whileInUse: false } })
    expect(store.get('ai')).toEqual({ enabled: false, backend: null, limits: { queue: 0 }, conditions: { whileInUse: false } })
  })

  it('refuses stored limits that make no sense rather than taking them for none', () => {
    const database = new DatabaseSync(':memory:')
    database.exec(capabilitiesSchema)
    database.exec(capabilityLimitsSchema)
    database.exec(capabilityConditionsSchema)
    database.exec(`INSERT INTO capability (name, enabled, limits) VALUES ('ai', 1, '{"concurrent":0}')`)
    expect(() => createCapabilityStore(database).get('ai')).toThrow('concurrent')
  })
})
