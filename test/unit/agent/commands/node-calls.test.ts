import { describe, expect, it } from 'vitest'
import { nodeCalls } from '../../../../electron/agent/commands/node-calls.ts'
import type { AuditLog } from '../../../../electron/agent/components.ts'
import { createMemorySettings } from '../../../fakes/memory-settings.ts'
import { createRouteLogBench } from '../../../fakes/route-log.ts'
import { snapshotOf } from '../../../fixtures/views.ts'

describe('settings that are changed', () => {
  it('are written down by name; opening and closing the router has a line of its own, once', async () => {
    const lines: string[] = []
    const audit: AuditLog = {
      record: ({ action, actor }) => void lines.push(`${action} ${actor}`),
      list: () => [],
      verify: () => Promise.reject(new Error('not asked')),
    }
    const { routeLog } = await createRouteLogBench()
    const calls = nodeCalls({
      ...{ settings: createMemorySettings(), audit, routeLog, snapshot: snapshotOf },
      apiKey: { current: () => '', rotate: () => '', matches: () => false },
      pageLink: () => ({ url: '', expiresAt: 0 }),
      self: () => ({ id: 'ID', name: 'me' }),
      restartNeeds: () => [],
    })
    for (const portMapping of [true, true, false]) void calls['settings.update']({ portMapping })
    expect(lines.filter((line) => line.startsWith('mapping'))).toEqual(['mapping.on me', 'mapping.off me'])
    expect(lines.filter((line) => line.startsWith('settings'))).toHaveLength(3)
  })
})
