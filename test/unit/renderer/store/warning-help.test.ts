import { describe, expect, it } from 'vitest'
import { helpFor } from '../../../../renderer/store/warning-help.ts'

describe('the help against a warning', () => {
  it('is the way back for a node that was removed, and a second admin for a mesh that hangs on one', () => {
    expect(helpFor('removed_from:MESH')).toEqual({ verb: 'askAgain', dialog: { kind: 'join' } })
    expect(helpFor('single_admin:MESH')).toEqual({ verb: 'manageMesh', dialog: { kind: 'mesh', meshId: 'MESH' } })
  })

  it('is a new identity only on the machine that is a copy', () => {
    expect(helpFor('cloned_here')).toMatchObject({ dialog: { kind: 'renew-identity' } })
    expect(helpFor('cloned:ABC DEF')).toEqual({ verb: 'openPeers', screen: '/peers/ABC%20DEF' })
  })

  it('is no button where none is known', () => {
    expect(helpFor('disk_full')).toBeNull()
  })
})
