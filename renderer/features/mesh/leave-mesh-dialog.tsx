import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useCall, useDialogs, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toast } from '../../ui/toast.ts'

/** Asks before leaving a mesh, and says what that means; graver when nobody else could let anybody in. */
export default function LeaveMeshDialog({ meshId, onClose }: { meshId: string; onClose: () => void }) {
  const { t } = useTranslation('mesh')
  const call = useCall()
  const { open } = useDialogs()
  const mesh = useSnapshot(({ meshes }) => meshes[meshId] ?? null)
  const [force, setForce] = useState(false)
  const leave = useTask(async () => {
    const left = await call('mesh.leave', { mesh: meshId, force })
    toast(t('left', { mesh: left.name }))
    onClose()
  })
  if (mesh === null) return null
  const lastAdmin = mesh.members > 1 && mesh.role === 'admin' && mesh.admins === 1
  const consequence = mesh.members === 1 ? 'leaveLast' : lastAdmin ? 'leaveLastAdmin' : 'leaveHelp'
  return (
    <ConfirmDialog
      title={t('leaveTitle', { mesh: mesh.name })}
      verb={t('leaveVerb')}
      running={leave.running}
      disabled={lastAdmin && !force}
      failure={leave.failure}
      onConfirm={() => void leave.run()}
      onClose={onClose}
      more={
        lastAdmin && (
          <>
            <Button variant="default" onClick={() => open({ kind: 'mesh', meshId })}>
              {t('makeAdmin')}
            </Button>
            <Checkbox label={t('leaveAnyway')} checked={force} onChange={(event) => setForce(event.currentTarget.checked)} />
          </>
        )
      }
    >
      {t(consequence, { mesh: mesh.name })}
    </ConfirmDialog>
  )
}
