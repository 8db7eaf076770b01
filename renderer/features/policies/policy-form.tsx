import { Button, Checkbox, NumberInput, Select } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CapabilityName } from '../../../electron/contract/capability.ts'
import { loadBalancing, type PolicyRules } from '../../../electron/contract/routing.ts'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { OrderList } from '../../ui/order-list.tsx'
import { toast } from '../../ui/toast.ts'
import { countIn, draftOf, meansTheSame, type PolicyDraft, rulesOf } from './policy-draft.ts'
import { usePolicyWords } from './use-policy-words.ts'

export type Scope = 'mesh' | 'own'

/** Longest round trip that can be asked for, ms, and most copies: as the contract has them. */
const longest = 60_000
const mostCopies = 16

/** The rules for one capability, to be changed and saved. */
export function PolicyForm({
  mesh,
  capability,
  scope,
  rules,
  first,
  onLeft,
}: {
  mesh: MeshView
  capability: CapabilityName
  scope: Scope
  /** What holds now; null: nothing is decided. */
  rules: PolicyRules | null
  /** What the form begins with. */
  first: PolicyRules | null
  /** The rules were taken back, or were not made after all. */
  onLeft: () => void
}) {
  const { t } = useTranslation('policies')
  const call = useCall()
  const word = useCapabilityName()(capability)
  const begun = draftOf(first)
  const [edited, setDraft] = useState<PolicyDraft | null>(null)
  const draft = edited ?? begun
  const names = { capability: word, mesh: mesh.name }
  const save = useTask(async (next: PolicyRules | null) => {
    await call('policy.set', { mesh: mesh.id, capability, scope, rules: next })
    setDraft(null)
    toast(t(next === null ? `cleared.${scope}` : `saved.${scope}`, names))
    if (next === null) onLeft()
  })
  const isNew = rules === null && scope === 'own'
  const changed = isNew || !meansTheSame(draft, begun)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (changed) void save.run(rulesOf(draft))
  }
  return (
    <form className="policy-form" onSubmit={submit}>
      <Fields mesh={mesh} capability={capability} draft={draft} onChange={(change) => setDraft({ ...draft, ...change })} />
      <FailureText failure={save.failure} />
      <div className="policy-do">
        {rules !== null && (
          <Button variant="subtle" color="brick" disabled={save.running} onClick={() => void save.run(null)}>
            {t(`clear.${scope}`)}
          </Button>
        )}
        <span className="grow" />
        {changed && (
          <Button variant="default" onClick={() => (setDraft(null), onLeft())}>
            {t('discard')}
          </Button>
        )}
        <Button type="submit" disabled={!changed} loading={save.running}>
          {t(`save.${scope}`)}
        </Button>
      </div>
    </form>
  )
}

function Fields({
  mesh,
  capability,
  draft,
  onChange,
}: {
  mesh: MeshView
  capability: CapabilityName
  draft: PolicyDraft
  onChange: (change: Partial<PolicyDraft>) => void
}) {
  const { t } = useTranslation('policies')
  const { nameOf } = usePolicyWords()
  const members = useMembers(mesh.id)
  const named = (ids: readonly string[]) => ids.map((id) => ({ id, name: nameOf(id) }))
  const addable = named(members.filter((id) => !draft.preferred.includes(id) && !draft.fallback.includes(id)))
  const lists = ['preferred', 'fallback'] as const
  return (
    <>
      {lists.map((list) => (
        <OrderList
          key={list}
          label={t(list)}
          help={t(`${list}Help`)}
          none={t(`${list}None`)}
          add={t('addNode')}
          addTo={t('addNodeTo', { list: t(list) })}
          entries={named(draft[list])}
          addable={addable}
          onChange={(nodes) => onChange({ [list]: nodes })}
        />
      ))}
      <Select
        label={t('balance')}
        data={[
          { value: 'fastest', label: t('balanceChoice.fastest') },
          ...loadBalancing.options.map((value) => ({ value, label: t(`balanceChoice.${value}`) })),
        ]}
        value={draft.balance ?? 'fastest'}
        onChange={(value) => onChange({ balance: loadBalancing.safeParse(value).data ?? null })}
        allowDeselect={false}
      />
      {capability === 'storage' && (
        <NumberInput
          label={t('replication')}
          description={t('replicationHelp')}
          value={draft.replication ?? ''}
          onChange={(value) => onChange({ replication: countIn(value, mostCopies) })}
          {...{ min: 1, max: mostCopies, allowDecimal: false, allowNegative: false }}
        />
      )}
      <Limits draft={draft} onChange={onChange} />
    </>
  )
}

function Limits({ draft, onChange }: { draft: PolicyDraft; onChange: (change: Partial<PolicyDraft>) => void }) {
  const { t } = useTranslation('policies')
  return (
    <fieldset className="policy-limits">
      <legend>{t('limits')}</legend>
      {(['onlyDirect', 'avoidMetered'] as const).map((limit) => (
        <Checkbox
          key={limit}
          label={t(limit)}
          checked={draft[limit]}
          onChange={(event) => onChange({ [limit]: event.currentTarget.checked })}
        />
      ))}
      <NumberInput
        label={t('maxDistance')}
        description={t('maxDistanceHelp')}
        value={draft.maxDistance ?? ''}
        onChange={(value) => onChange({ maxDistance: countIn(value, longest) })}
        {...{ min: 1, max: longest, step: 10, allowDecimal: false, allowNegative: false, suffix: ` ${t('ms')}` }}
      />
    </fieldset>
  )
}

/** Members of the mesh now, this computer first, then by name. */
function useMembers(mesh: string): string[] {
  const self = useSnapshot(({ node }) => node.id)
  const peers = useSnapshot((snapshot) =>
    Object.values(snapshot.peers).filter(({ kind, meshes, removed }) => kind === 'node' && removed === null && meshes.includes(mesh)),
  )
  return [self, ...peers.toSorted((a, b) => a.name.localeCompare(b.name)).map(({ id }) => id)]
}
