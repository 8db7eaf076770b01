import { Button, Select } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { Notice } from '../../ui/notice.tsx'
import { toast } from '../../ui/toast.ts'

/** Who may let others in. A mesh that others are in and that hangs on one computer says so. */
export function MeshAdmins({ mesh }: { mesh: MeshView }) {
  const { t } = useTranslation('mesh')
  const format = useFormat()
  const own = useSnapshot(({ node }) => node.name)
  const peers = useSnapshot((snapshot) =>
    Object.values(snapshot.peers).filter(({ meshes, removed }) => removed === null && meshes.includes(mesh.id)),
  )
  const admins = peers.filter(({ roles }) => roles[mesh.id] === 'admin').map(({ name }) => name)
  const names = mesh.role === 'admin' ? [t('thisComputer', { name: own }), ...admins] : admins
  const single = mesh.admins === 1 && mesh.members > 1
  return (
    <section aria-label={t('adminsTitle')}>
      <h3>{t('adminsTitle')}</h3>
      <p className="note-line">
        <IconShieldCheck size={16} stroke={1.7} aria-hidden />
        <span>{names.length === 0 ? t('adminCount', { count: mesh.admins }) : format.list(names)}</span>
      </p>
      {single && <Notice title={t('singleAdmin')}>{t('singleAdminHelp', { mesh: mesh.name })}</Notice>}
      {mesh.role === 'admin' && (
        <MakeAdmin
          mesh={mesh}
          candidates={peers.filter(({ roles }) => roles[mesh.id] !== 'admin').map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </section>
  )
}

function MakeAdmin({ mesh, candidates }: { mesh: MeshView; candidates: { value: string; label: string }[] }) {
  const { t } = useTranslation('mesh')
  const call = useCall()
  const [chosen, setChosen] = useState<string | null>(null)
  const promote = useTask(async (peer: string) => {
    const { name } = await call('member.setRole', { mesh: mesh.id, peer, role: 'admin' })
    setChosen(null)
    toast(t('promoted', { name, mesh: mesh.name }))
  })
  if (candidates.length === 0) return null
  return (
    <>
      <div className="mesh-name">
        <Select
          className="grow"
          label={t('makeAdmin')}
          placeholder={t('chooseComputer')}
          data={candidates}
          value={chosen}
          onChange={setChosen}
          searchable={candidates.length > 8}
        />
        <Button
          variant="default"
          disabled={chosen === null}
          loading={promote.running}
          onClick={() => void (chosen !== null && promote.run(chosen))}
        >
          {t('makeAdminVerb')}
        </Button>
      </div>
      <FailureText failure={promote.failure} />
    </>
  )
}
