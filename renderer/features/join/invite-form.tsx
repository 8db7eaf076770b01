import { Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InviteContent } from '../../../electron/contract/calls.ts'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import type { Lookup } from '../../store/use-lookup.ts'
import { useNow } from '../../store/use-now.ts'
import { useTask } from '../../store/use-task.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { type Step, StepList } from '../../ui/step-list.tsx'
import { RecoveryLink } from './recovery-link.tsx'
import { ScanPicture } from './scan/scan-picture.tsx'
import { useScan } from './scan/use-scan.ts'
import { useInvite } from './use-invite.ts'

/** Longest text the node takes. */
const longest = 2_048

interface InviteFormProps {
  /** What a link brought; a person still has to say that they join. */
  first: string
  onStarted: (join: JoinView) => void
  onClose: () => void
}

/** Joins by an invite, pasted as a link or as text; what it says is shown before anybody is asked. */
export function InviteForm({ first, onStarted, onClose }: InviteFormProps) {
  const { t } = useTranslation(['join', 'common'])
  const call = useCall()
  const now = useNow()
  const [typed, setTyped] = useState(first)
  const invite = typed.trim()
  const read = useInvite(invite)
  const steps = useInviteSteps()
  const scan = useScan(setTyped)
  const start = useTask(async () => onStarted(await call('join.start', { invite })))
  const ready = read.kind === 'found' && read.content.expiresAt > now
  return (
    <DialogForm
      verb={t('joinVerb')}
      ready={ready}
      running={start.running}
      failure={start.failure ?? (read.kind === 'failed' ? read.failure : null)}
      hint={ready ? t('inviteNoCode') : <RecoveryLink />}
      onSubmit={() => void start.run()}
      onBack={onClose}
      drop={scan.drop}
    >
      <Textarea
        label={t('invite')}
        placeholder="fcn1.…"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onPaste={scan.paste}
        maxLength={longest}
        autosize
        minRows={3}
        maxRows={5}
        classNames={{ input: 'mono-input invite-input' }}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <ScanPicture scan={scan} />
      <div className="join-steps">
        {read.kind === 'idle' ? <p className="hint">{t('inviteHelp')}</p> : <StepList steps={steps(read, now)} label={t('inviteSays')} />}
      </div>
    </DialogForm>
  )
}

/** What an invite says as ticks: which mesh, who asks, until when, and where it leads. */
function useInviteSteps(): (read: Lookup<InviteContent>, now: number) => Step[] {
  const { t } = useTranslation('join')
  const format = useFormat()
  const ownMeshes = useSnapshot(({ meshes }) => meshes)
  return (read, now) => {
    if (read.kind === 'looking') return [{ state: 'now', title: t('inviteReading') }]
    if (read.kind !== 'found') return []
    const { mesh, inviter, addresses, expiresAt } = read.content
    const known = ownMeshes[mesh]
    const list = addresses.length === 0 ? t('inviteNoAddress') : format.list(addresses)
    return [
      { state: 'done', title: known ? t('inviteKnownMesh', { mesh: known.name }) : t('inviteMesh', { start: startOf(mesh) }) },
      { state: 'done', title: t('inviteFrom', { start: startOf(inviter) }), text: t('invitePinned') },
      { state: 'done', title: t('inviteAddresses'), text: <code>{list}</code> },
      expiresAt > now
        ? { state: 'done', title: t('inviteValid', { when: format.ahead(expiresAt, now) }) }
        : { state: 'failed', title: t('inviteOver', { when: format.ago(expiresAt, now) }), text: t('inviteOverHelp') },
    ]
  }
}

/** The first half of an id: enough to compare at a glance, as everywhere an id is shown short. */
const startOf = (id: string) => id.slice(0, 15)
