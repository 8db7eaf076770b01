/** Every dialog of the window, as it opens, waits and is refused. */
import ApproveDialog from '../../../renderer/features/approve/approve-dialog.tsx'
import RenewIdentityDialog from '../../../renderer/features/identity/renew-identity-dialog.tsx'
import InviteDialog from '../../../renderer/features/invite/invite-dialog.tsx'
import JoinDialog from '../../../renderer/features/join/join-dialog.tsx'
import CreateMeshDialog from '../../../renderer/features/mesh/create-mesh-dialog.tsx'
import LeaveMeshDialog from '../../../renderer/features/mesh/leave-mesh-dialog.tsx'
import MeshDialog from '../../../renderer/features/mesh/mesh-dialog.tsx'
import RestoreRecoveryDialog from '../../../renderer/features/mesh/restore-recovery-dialog.tsx'
import SaveRecoveryDialog from '../../../renderer/features/mesh/save-recovery-dialog.tsx'
import PoliciesDialog from '../../../renderer/features/policies/policies-dialog.tsx'
import { discovered, network } from '../../fixtures/discovery.ts'
import { filmClub, maple } from '../../fixtures/household-peers.ts'
import { relaying } from '../../fixtures/hubs.ts'
import { busy, calm, firstRun } from '../../fixtures/snapshot.ts'
import type { Exhibit } from '../exhibit.ts'

const close = () => undefined
const join = () => <JoinDialog joinId={null} way={null} invite="" onClose={close} />
const mesh = () => <MeshDialog meshId={maple.id} onClose={close} />

export const dialogExhibits: Exhibit[] = [
  {
    id: 'join',
    title: 'Join',
    kind: 'window',
    states: {
      'on this network': { show: join, snapshot: calm({ network, discovered }) },
      'by URL': { show: join, snapshot: firstRun() },
      'under way': { show: () => <JoinDialog joinId="j1" way={null} invite="" onClose={close} />, snapshot: busy() },
    },
  },
  {
    id: 'approve',
    title: 'Approve',
    kind: 'window',
    states: { asked: { show: () => <ApproveDialog requestId="r1" onClose={close} />, snapshot: busy() } },
  },
  {
    id: 'invite',
    title: 'Invite',
    kind: 'window',
    states: {
      new: { show: () => <InviteDialog meshId={null} onClose={close} /> },
      'in no mesh': { show: () => <InviteDialog meshId={null} onClose={close} />, snapshot: firstRun() },
    },
  },
  {
    id: 'mesh',
    title: 'Mesh',
    kind: 'window',
    states: {
      'as admin': { show: mesh },
      'as member': { show: () => <MeshDialog meshId={filmClub.id} onClose={close} /> },
      'as hub': { show: mesh, snapshot: relaying() },
      create: { show: () => <CreateMeshDialog onClose={close} /> },
      leave: { show: () => <LeaveMeshDialog meshId={maple.id} onClose={close} /> },
      'save the recovery key': { show: () => <SaveRecoveryDialog meshId={maple.id} onClose={close} /> },
      'restore from it': { show: () => <RestoreRecoveryDialog onClose={close} /> },
    },
  },
  {
    id: 'policies',
    title: 'Policies',
    kind: 'window',
    states: {
      'as admin': { show: () => <PoliciesDialog meshId={maple.id} onClose={close} /> },
      'as member': { show: () => <PoliciesDialog meshId={filmClub.id} onClose={close} /> },
    },
  },
  {
    id: 'identity',
    title: 'New identity',
    kind: 'window',
    states: { asks: { show: () => <RenewIdentityDialog onClose={close} /> } },
  },
]
