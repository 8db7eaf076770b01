import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { toast } from '../../ui/toast.ts'

/** The name everybody in the mesh sees; an admin may change it for all. */
export function MeshName({ mesh: { id, name } }: { mesh: MeshView }) {
  const { t } = useTranslation('mesh')
  const call = useCall()
  const [typed, setTyped] = useState<string | null>(null)
  const rename = useTask(async (next: string) => {
    await call('mesh.rename', { mesh: id, name: next })
    setTyped(null)
    toast(t('renamed', { mesh: next }))
  })
  const wanted = (typed ?? name).trim()
  const changed = wanted !== '' && wanted !== name
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed) void rename.run(wanted)
  }
  return (
    <form onSubmit={submit}>
      <div className="mesh-name">
        <TextInput
          className="grow"
          label={t('name')}
          value={typed ?? name}
          onChange={(event) => setTyped(event.currentTarget.value)}
          maxLength={64}
          autoComplete="off"
        />
        <Button type="submit" variant="default" disabled={!changed} loading={rename.running}>
          {t('rename')}
        </Button>
      </div>
      <FailureText failure={rename.failure} />
    </form>
  )
}
