import './policies.css'
import { Accordion, Button, Modal, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { capabilityNames } from '../../../electron/contract/capability.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { CapabilityPolicy } from './capability-policy.tsx'
import type { Scope } from './policy-form.tsx'

/** Who is asked for what: decided by admins for the mesh, by everybody for requests of their own computer. */
export default function PoliciesDialog({ meshId, onClose }: { meshId: string; onClose: () => void }) {
  const { t } = useTranslation(['policies', 'common'])
  const mesh = useSnapshot(({ meshes }) => meshes[meshId] ?? null)
  const [scope, setScope] = useState<Scope>('mesh')
  const [opened, setOpened] = useState<string | null>(null)
  if (mesh === null) return null
  const help = scope === 'mesh' && mesh.role === 'member' ? 'meshAsMember' : scope
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('title', { mesh: mesh.name })}
      size={620}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <div className="dialog-body policies">
        <p>{t('help')}</p>
        <SegmentedControl
          fullWidth
          aria-label={t('scopeLabel')}
          data={(['mesh', 'own'] as const).map((value) => ({ value, label: t(`scope.${value}`) }))}
          value={scope}
          onChange={(value) => setScope(value === 'own' ? 'own' : 'mesh')}
        />
        <p className="hint">{t(`scopeHelp.${help}`)}</p>
        <Accordion value={opened} onChange={setOpened} variant="contained" chevronPosition="right">
          {capabilityNames.map((name) => (
            <CapabilityPolicy key={`${scope} ${name}`} mesh={mesh} capability={name} scope={scope} open={opened === name} />
          ))}
        </Accordion>
      </div>
      <footer className="dialog-footer">
        <span className="grow" />
        <Button variant="default" onClick={onClose}>
          {t('common:close')}
        </Button>
      </footer>
    </Modal>
  )
}
