import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { OwnMesh } from '../../../../electron/agent/membership/own-mesh.ts'
import { createPeerNotes } from '../../../../electron/agent/membership/peer-notes.ts'
import { asFields } from '../../../../electron/agent/membership/notice.ts'
import { peerNote, syncAnswer, syncAsk } from '../../../../electron/agent/protocol/messages.ts'
import { createEmitter } from '../../../../electron/agent/support/signal.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { createTestKey } from '../../../fakes/test-identity.ts'
import { signedVectors } from '../../../fixtures/signed-vectors.ts'

const mesh = createTestKey().id
const { admissions, revocation, statement, policy } = signedVectors

/** What nodes read before there were policies. */
const older = {
  ask: z.object({
    mesh: z.string(),
    records: z.array(z.string()),
    knownNotices: z.array(z.string()).optional(),
    notices: z.array(z.string()),
  }),
  note: z.object({ meshes: z.array(z.object({ mesh: z.string(), digest: z.string() })) }),
}

describe('a node that knows no policies', () => {
  it('never sees one among the notices', () => {
    const texts = [admissions.join(' '), revocation, policy, statement]
    const sent = { mesh, records: [], ...asFields(texts), knownPolicies: [] }
    expect(older.ask.parse(sent)).toEqual({ mesh, records: [], notices: [admissions.join(' '), revocation, statement] })
    expect(older.note.parse({ meshes: [{ mesh, digest: 'a', policies: 'b' }] })).toEqual({ meshes: [{ mesh, digest: 'a' }] })
  })

  it('is understood in what it asks, answers and notes', () => {
    expect(syncAsk.parse({ mesh, records: [], notices: [] })).toMatchObject({ policies: [] })
    expect(syncAnswer.parse({ notices: [], wantsNotices: [] })).toMatchObject({ policies: [], wantsPolicies: [] })
    expect(peerNote.parse({ meshes: [{ mesh, digest: 'a' }] })).toEqual({ meshes: [{ mesh, digest: 'a' }] })
  })

  it('is not asked again and again for policies it cannot have', () => {
    const differing: string[] = []
    const held = { id: mesh, noticeDigest: () => 'notices', policyDigest: () => 'policies' } as OwnMesh
    const notes = createPeerNotes({
      links: { say: () => undefined, open: { has: () => false, size: 0, nodes: () => [] }, opened: createEmitter() },
      clones: { take: () => undefined, note: () => ({}) } as never,
      ...{ clock: createFakeClock(), random: createFakeRandom(1), shared: () => [held], unknown: () => undefined },
      refusedTo: () => [],
      differs: (node) => differing.push(node),
    })
    notes.said('old', { meshes: [{ mesh, digest: 'notices' }] })
    notes.said('same', { meshes: [{ mesh, digest: 'notices', policies: 'policies' }] })
    notes.said('other', { meshes: [{ mesh, digest: 'notices', policies: 'others' }] })
    expect(differing).toEqual(['other'])
  })
})
