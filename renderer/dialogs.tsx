import { lazy } from 'react'
import { DialogGuard } from './shell/dialog-guard.tsx'
import { useDialog, useDialogs } from './store/app-context.ts'

const JoinDialog = lazy(() => import('./features/join/join-dialog.tsx'))
const ApproveDialog = lazy(() => import('./features/approve/approve-dialog.tsx'))
const CreateMeshDialog = lazy(() => import('./features/mesh/create-mesh-dialog.tsx'))
const InviteDialog = lazy(() => import('./features/invite/invite-dialog.tsx'))
const MeshDialog = lazy(() => import('./features/mesh/mesh-dialog.tsx'))
const PoliciesDialog = lazy(() => import('./features/policies/policies-dialog.tsx'))
const SaveRecoveryDialog = lazy(() => import('./features/mesh/save-recovery-dialog.tsx'))
const RestoreRecoveryDialog = lazy(() => import('./features/mesh/restore-recovery-dialog.tsx'))
const RenewIdentityDialog = lazy(() => import('./features/identity/renew-identity-dialog.tsx'))
const LeaveMeshDialog = lazy(() => import('./features/mesh/leave-mesh-dialog.tsx'))

/** The one dialog that is open, whichever screen asked for it. */
export function Dialogs() {
  const dialog = useDialog()
  const { close } = useDialogs()
  return (
    <DialogGuard dialog={dialog?.kind ?? 'none'} onClose={close}>
      <OpenDialog />
    </DialogGuard>
  )
}

function OpenDialog() {
  const dialog = useDialog()
  const { close } = useDialogs()
  switch (dialog?.kind) {
    case 'join':
      return (
        <JoinDialog
          key={dialog.invite}
          joinId={dialog.joinId ?? null}
          way={dialog.way ?? null}
          invite={dialog.invite ?? ''}
          onClose={close}
        />
      )
    case 'approve':
      return <ApproveDialog requestId={dialog.requestId} onClose={close} />
    case 'create-mesh':
      return <CreateMeshDialog onClose={close} />
    case 'leave-mesh':
      return <LeaveMeshDialog meshId={dialog.meshId} onClose={close} />
    case 'mesh':
      return <MeshDialog meshId={dialog.meshId} onClose={close} />
    case 'policies':
      return <PoliciesDialog meshId={dialog.meshId} onClose={close} />
    case 'save-recovery':
      return <SaveRecoveryDialog meshId={dialog.meshId} onClose={close} />
    case 'restore-recovery':
      return <RestoreRecoveryDialog onClose={close} />
    case 'invite':
      return <InviteDialog meshId={dialog.meshId ?? null} onClose={close} />
    case 'renew-identity':
      return <RenewIdentityDialog onClose={close} />
    case undefined:
      return null
  }
}
