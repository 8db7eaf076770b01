import { expect, it } from 'vitest'
import { trustCalls } from '../../../../electron/agent/commands/trust-calls.ts'
import type { Membership } from '../../../../electron/agent/components.ts'
import { peerNamed, meshNamed } from '../../../fixtures/named-views.ts'

function calls() {
  const asked: unknown[] = []
  const unused = {} as never
  const membership = {
    meshes: () => [meshNamed('Home')],
    setRole: async (...role: unknown[]) => void asked.push(role),
  } as unknown as Membership
  const own = { id: 'me', name: 'desk' }
  const others = { grants: unused, audit: unused, health: unused, renewIdentity: unused }
  return { asked, calls: trustCalls({ ...others, membership, peers: () => [peerNamed('nas')], self: () => own }) }
}

it('gives another member a role, and lets an admin step back by its own id', async () => {
  const { asked, calls: handlers } = calls()
  expect(await handlers['member.setRole']({ peer: 'nas', role: 'admin' })).toEqual({ id: 'peer nas', name: 'nas' })
  expect(await handlers['member.setRole']({ peer: 'me', role: 'member' })).toEqual({ id: 'me', name: 'desk' })
  expect(asked).toEqual([
    ['mesh Home', 'peer nas', 'admin'],
    ['mesh Home', 'me', 'member'],
  ])
})
