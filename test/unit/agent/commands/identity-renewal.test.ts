import { expect, it } from 'vitest'
import { trustCalls } from '../../../../electron/agent/commands/trust-calls.ts'
import { createHealth } from '../../../../electron/agent/health.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createMemoryAudit } from '../../../fakes/memory-audit.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'

function node() {
  const { id } = createTestKey()
  const health = createHealth({ clock: createFakeClock() })
  const audit = createMemoryAudit()
  let renewals = 0
  const unused = {} as never
  const calls = trustCalls({
    membership: unused,
    grants: unused,
    audit,
    health,
    peers: () => [],
    self: () => ({ id, name: 'desk' }),
    renewIdentity: () => void renewals++,
  })
  return { id, calls, health, audit, renewals: () => renewals }
}

it('is asked for by repeating the id of the node, in any spelling', async () => {
  const { id, calls, health, audit, renewals } = node()
  expect(await calls['identity.renew']({ id: id.toLowerCase().replaceAll('-', ' ') })).toEqual({ restartNeeded: true })
  expect(renewals()).toBe(1)
  expect(audit.recorded).toEqual([expect.objectContaining({ action: 'identity.renewed', actorId: id })])
  expect(health.list().map(({ code }) => code)).toEqual(['identity_renewal'])
})

it.each([createTestKey().id, '', 'yes'])('is not asked for with %j', (wrong) => {
  const { calls, health, audit, renewals } = node()
  expect(() => calls['identity.renew']({ id: wrong })).toThrow(expect.objectContaining({ code: 'invalid_input' }) as Error)
  expect([renewals(), audit.recorded, health.list()]).toEqual([0, [], []])
})
