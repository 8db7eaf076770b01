import { expect, it } from 'vitest'
import { nodeInfo, serviceEntries } from '../../../../../electron/agent/api/router-api/node-info.ts'
import type { SelfDescription } from '../../../../../electron/agent/components.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { serviceView } from '../../../../fixtures/views.ts'

it('a node that is paused offers old nodes nothing, in the words they know', () => {
  const clock = createFakeClock()
  const told = (state: 'ready' | 'paused', status: 'active' | 'paused') => {
    const self = (): SelfDescription => ({
      ...{ name: 'desk', addresses: ['https://10.0.0.1:3000'], version: '0.1.0', os: 'Linux' },
      capabilities: [{ name: 'ai', state }],
      services: [{ id: 'wiki', name: 'Wiki', status }],
    })
    const services = { list: () => [serviceView()] } as unknown as Parameters<typeof serviceEntries>[0]['services']
    const info = nodeInfo({ self, clock, startedAt: 0, resources: { current: () => null } })
    return [info.role, serviceEntries({ services, self, clock })['wiki']?.status]
  }
  expect(told('ready', 'active')).toEqual(['ai', 'active'])
  expect(told('paused', 'paused')).toEqual(['general', 'inactive'])
})
