import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { JoinView, MeshView } from '../../../electron/contract/snapshot.ts'
import { useDialogs } from '../../store/app-context.ts'
import { SmallCode } from '../../ui/code.tsx'
import { StateMark } from '../../ui/state-mark.tsx'
import { joinNeeds } from './mesh-ways.ts'

/** The meshes this computer is in, and the joins under way, each with the side that must act. Changes are announced. */
export function MeshMade({ meshes, joins }: { meshes: readonly MeshView[]; joins: readonly JoinView[] }) {
  return (
    <div className="setup-made" role="status">
      {meshes.map((mesh) => (
        <Mesh key={mesh.id} mesh={mesh} />
      ))}
      {joins.map((join) => (
        <Join key={join.id} join={join} />
      ))}
    </div>
  )
}

function Mesh({ mesh: { name, members, online } }: { mesh: MeshView }) {
  const { t } = useTranslation('setup')
  return (
    <section className="setup-line" aria-label={name}>
      <StateMark mark="online" size={16} />
      <span className="grow">
        <b>{t('mesh.memberOf', { mesh: name })}</b>
        <span>{t('mesh.members', { count: members, online })}</span>
      </span>
    </section>
  )
}

function Join({ join }: { join: JoinView }) {
  const { t } = useTranslation('setup')
  const { open } = useDialogs()
  const needs = joinNeeds(join)
  if (needs === null) return null
  const name = join.approver?.name ?? join.url
  const title = t(`mesh.${needs.title}`, { name })
  return (
    <section className="setup-line" aria-label={title} data-needs={needs.here ? 'here' : undefined}>
      <StateMark mark={needs.mark} size={16} />
      <span className="grow">
        <b>{title}</b>
        <span>{needs.mark === 'problem' && join.problem !== null ? join.problem.message : t(`mesh.${needs.help}`, { name })}</span>
      </span>
      {join.code !== null && needs.mark === 'waiting' && <SmallCode value={join.code} />}
      <Button variant={needs.here ? 'filled' : 'default'} onClick={() => open({ kind: 'join', joinId: join.id })}>
        {needs.here ? t('mesh.compare') : t('mesh.show')}
      </Button>
    </section>
  )
}
