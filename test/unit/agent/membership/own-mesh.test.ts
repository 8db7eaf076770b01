import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Notice } from '../../../../electron/agent/membership/notice.ts'
import { judged, type OwnMesh } from '../../../../electron/agent/membership/own-mesh.ts'
import { digestOf } from '../../../../electron/agent/membership/signed-token.ts'
import type { Evidence } from '../../../../electron/agent/membership/standing.ts'
import { anyHistory, createTestEvidence } from '../../../fakes/test-evidence.ts'

const { nodes, history } = anyHistory()
const { admin, admit } = createTestEvidence()

function noticesOf({ chains, revocations, statements, policies }: Evidence): Notice[] {
  const admissions = chains.map(
    (chain) => ({ text: chain.map(({ token }) => token).join(' '), content: { kind: 'admission', chain } }) as const,
  )
  const others = [...revocations, ...statements, ...policies].map((content) => ({ text: content.digest, content }))
  return [...admissions, ...others].map((notice) => ({ id: digestOf(notice.text), ...notice }))
}

/** The mesh as node `e` knows it, which the root key let in as the second. */
const chain = admit(admin([], 'a'), 'e')
const empty = judged({
  ...{ id: 'mesh', name: 'Home', rootKey: '', role: 'member', admissions: [], joinedAt: 0, recoveryExportedAt: null },
  ...{ chain, table: new Map(), notices: new Map(), hasRootKey: false },
})
const hearing = (mesh: OwnMesh, notices: readonly Notice[]) =>
  judged({ ...mesh, notices: new Map([...mesh.notices, ...notices.map((notice) => [notice.id, notice] as const)]) })

describe('what a node knows of a mesh', () => {
  it('comes out the same whether it heard all at once or bit by bit, in any order', () => {
    fc.assert(
      fc.property(history.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(noticesOf(all), { minLength: noticesOf(all).length }))), ([all, shuffled]) => {
        const atOnce = hearing(hearing(empty, noticesOf(all)), [])
        const bitByBit = hearing(shuffled.reduce((mesh, notice) => hearing(mesh, [notice]), empty), [])
        expect(nodes.map((node) => bitByBit.judgement.of(node))).toEqual(nodes.map((node) => atOnce.judgement.of(node)))
        expect(bitByBit.judgement.statement).toEqual(atOnce.judgement.statement)
        expect(bitByBit.judgement.policies).toEqual(atOnce.judgement.policies)
        expect(bitByBit.policyDigest()).toBe(atOnce.policyDigest())
      }),
      { numRuns: 300 },
    ) // prettier-ignore
  })
})
