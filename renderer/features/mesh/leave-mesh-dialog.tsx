import { useTranslation } from 'react-i18next'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toast } from '../../ui/toast.ts'

/** Asks before leaving a mesh, and says what that means; graver when nobody else could let anybody in. */
export default function LeaveMeshDialog({ meshId, onClose }: { meshId: string; onClose: () => void }) {
  const { t } = useTranslation('mesh')
  const call = useCall()
  const mesh = useSnapshot(({ meshes }) => meshes[meshId] ?? null)
  const leave = useTask(async () => {
    const left = await call('mesh.leave', { mesh: meshId })
    toast(t('left', { mesh: left.name }))
    onClose()
  })
  if (mesh === null) return null
  const consequence = mesh.members === 1 ? 'leaveLast' : mesh.role === 'admin' && mesh.admins === 1 ? 'leaveLastAdmin' : 'leaveHelp'
  return (
    <ConfirmDialog
      title={t('leaveTitle', { mesh: mesh.name })}
      verb={t('leaveVerb')}
      running={leave.running}
      failure={leave.failure}
      onConfirm={() => void leave.run()}
      onClose={onClose}
    >
      {t(consequence, { mesh: mesh.name })}
    </ConfirmDialog>
  )
}
