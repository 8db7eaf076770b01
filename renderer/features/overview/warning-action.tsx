import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { helpFor } from '../../store/warning-help.ts'

/** The one button that helps against a warning; nothing where none is known. */
export function WarningAction({ code }: { code: string }) {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const [, navigate] = useLocation()
  const meshes = useSnapshot((snapshot) => snapshot.meshes)
  const help = helpFor(code)
  if (help === null || (help.dialog?.kind === 'mesh' && meshes[help.dialog.meshId] === undefined)) return null
  return (
    <Button variant="default" onClick={() => (help.dialog === undefined ? navigate(help.screen) : open(help.dialog))}>
      {t(`help.${help.verb}`)}
    </Button>
  )
}
