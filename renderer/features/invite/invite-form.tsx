import { Checkbox, NumberInput, SegmentedControl, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../electron/contract/calls.ts'
import { type MeshRole, meshRole, type MeshView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'

const hour = 3_600_000
/** How long an invite may be valid, ms. */
const periods = { hour, day: 24 * hour, week: 7 * 24 * hour, month: 30 * 24 * hour } as const
type Period = keyof typeof periods
const isPeriod = (text: string | null): text is Period => text !== null && Object.hasOwn(periods, text)

interface Wanted {
  mesh: string
  role: MeshRole
  period: Period
  uses: number
  note: string
  askMe: boolean
}

/** What the invite may do. One use, one day, as a member, unless somebody chooses otherwise. */
export function InviteForm({
  meshes,
  first,
  onMade,
  onClose,
}: {
  meshes: MeshView[]
  first: string | null
  onMade: (made: CallOutput<'invite.create'>) => void
  onClose: () => void
}) {
  const { t } = useTranslation(['invites', 'common'])
  const call = useCall()
  const [wanted, setWanted] = useState<Wanted>({
    mesh: meshes.find(({ id }) => id === first)?.id ?? meshes[0]?.id ?? '',
    role: 'member',
    period: 'day',
    uses: 1,
    note: '',
    askMe: false,
  })
  const create = useTask(async ({ period, note, ...rest }: Wanted) => {
    onMade(await call('invite.create', { ...rest, validFor: periods[period], ...(note.trim() === '' ? {} : { note: note.trim() }) }))
  })
  return (
    <DialogForm
      verb={t('create')}
      ready={wanted.mesh !== ''}
      running={create.running}
      failure={create.failure}
      onSubmit={() => void create.run(wanted)}
      onBack={onClose}
    >
      <p>{wanted.mesh === '' ? t('noMesh') : t('help')}</p>
      <Fields meshes={meshes} wanted={wanted} onChange={(change) => setWanted({ ...wanted, ...change })} />
    </DialogForm>
  )
}

function Fields({ meshes, wanted, onChange }: { meshes: MeshView[]; wanted: Wanted; onChange: (change: Partial<Wanted>) => void }) {
  const { t } = useTranslation(['invites', 'common'])
  return (
    <>
      {meshes.length > 1 && (
        <Select
          label={t('mesh')}
          data={meshes.map(({ id, name }) => ({ value: id, label: name }))}
          value={wanted.mesh}
          onChange={(mesh) => mesh !== null && onChange({ mesh })}
          allowDeselect={false}
        />
      )}
      <TextInput
        label={t('note')}
        description={t('noteHelp')}
        placeholder={t('noteExample')}
        value={wanted.note}
        onChange={(event) => onChange({ note: event.currentTarget.value })}
        maxLength={64}
        autoComplete="off"
        data-autofocus
      />
      <div className="invite-fields">
        <Select
          label={t('validFor')}
          data={Object.keys(periods).map((value) => ({ value, label: isPeriod(value) ? t(`period.${value}`) : value }))}
          value={wanted.period}
          onChange={(period) => isPeriod(period) && onChange({ period })}
          allowDeselect={false}
        />
        <NumberInput
          label={t('uses')}
          value={wanted.uses}
          onChange={(uses) => onChange({ uses: Math.min(100, Math.max(1, Number(uses) || 1)) })}
          min={1}
          max={100}
          allowDecimal={false}
          allowNegative={false}
        />
        <div>
          <span className="field-label" aria-hidden>
            {t('role')}
          </span>
          <SegmentedControl
            fullWidth
            data={meshRole.options.toReversed().map((value) => ({ value, label: t(`common:roleName.${value}`) }))}
            value={wanted.role}
            onChange={(role) => onChange({ role: meshRole.parse(role) })}
            aria-label={t('role')}
          />
        </div>
      </div>
      <Checkbox
        label={t('askMe')}
        description={t('askMeHelp')}
        checked={wanted.askMe}
        onChange={(event) => onChange({ askMe: event.currentTarget.checked })}
      />
      {wanted.role === 'admin' && <p className="hint">{t('adminHelp')}</p>}
    </>
  )
}
