import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { openMemberRecord } from '../../../../electron/agent/membership/member-record.ts'
import { peekToken } from '../../../../electron/agent/membership/signed-token.ts'
import type { OfferedCapability, OfferedService } from '../../../../electron/contract/snapshot.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'
import { createTestMesh } from '../../../fakes/test-mesh.ts'

const mesh = createTestMesh()
const node = createTestKey()
const offers = {
  capabilities: [
    { name: 'ai', state: 'paused', detail: '4 models' },
    { name: 'storage', state: 'ready' },
  ] satisfies OfferedCapability[],
  services: [
    { id: 'wiki', name: 'Wiki', status: 'paused' },
    { id: 'films', name: 'Films', status: 'active' },
  ] satisfies OfferedService[],
}
const token = await mesh.record(node, offers)

/** What nodes read before anything could be paused. */
const older = z.object({
  capabilities: z.array(
    z.object({ name: z.string(), state: z.enum(['off', 'starting', 'ready', 'problem']), detail: z.string().optional() }),
  ),
  services: z.array(z.object({ id: z.string(), name: z.string(), status: z.enum(['active', 'inactive']) })),
})

describe('a record of a node that has paused', () => {
  it('says so to who knows the word', async () => {
    const { statement } = await openMemberRecord(token)
    expect(JSON.stringify([statement.capabilities, statement.services])).toBe(JSON.stringify([offers.capabilities, offers.services]))
  })

  it('is read by an older node, which asks for nothing there', () => {
    expect(peekToken(token, older)).toEqual({
      capabilities: [
        { name: 'ai', state: 'off', detail: '4 models' },
        { name: 'storage', state: 'ready' },
      ],
      services: [
        { id: 'wiki', name: 'Wiki', status: 'inactive' },
        { id: 'films', name: 'Films', status: 'active' },
      ],
    })
  })
})
