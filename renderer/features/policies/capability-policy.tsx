import { Accordion, Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CapabilityName } from '../../../electron/contract/capability.ts'
import type { PolicyView } from '../../../electron/contract/routing.ts'
import type { MeshView } from '../../../electron/contract/snapshot.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { CapabilityIcon } from '../../ui/glyph.tsx'
import { rowIcon } from '../../ui/icons.ts'
import { PolicyForm, type Scope } from './policy-form.tsx'
import { DecidedBy, PolicyFacts } from './policy-rules.tsx'
import { usePolicyWords } from './use-policy-words.ts'

interface Place {
  mesh: MeshView
  capability: CapabilityName
  policy: PolicyView | null
}

/** One capability: its rules in a line, and below it the form, or what others decided. */
export function CapabilityPolicy({
  mesh,
  capability,
  scope,
  open,
}: {
  mesh: MeshView
  capability: CapabilityName
  scope: Scope
  open: boolean
}) {
  const { t } = useTranslation('policies')
  const word = useCapabilityName()(capability)
  const { short } = usePolicyWords()
  const policy = useSnapshot(({ policies }) => policies[`${mesh.id} ${capability}`] ?? null)
  const rules = scope === 'own' ? (policy?.override ?? policy?.rules ?? null) : (policy?.rules ?? null)
  const place = { mesh, capability, policy }
  return (
    <Accordion.Item value={capability}>
      <Accordion.Control icon={<CapabilityIcon name={capability} {...rowIcon} />}>
        <span className="policy-name">
          <b>{word}</b>
          {policy?.override && <span className="policy-own">{t('ownRules')}</span>}
        </span>
        <small className="cut" title={short(rules)}>
          {short(rules)}
        </small>
      </Accordion.Control>
      <Accordion.Panel>{open && (scope === 'mesh' ? <MeshRules {...place} /> : <OwnRules {...place} />)}</Accordion.Panel>
    </Accordion.Item>
  )
}

function MeshRules({ mesh, capability, policy }: Place) {
  const { t } = useTranslation('policies')
  const rules = policy?.rules ?? null
  return (
    <div className="policy-panel">
      {mesh.role === 'admin' ? (
        <PolicyForm mesh={mesh} capability={capability} scope="mesh" rules={rules} first={rules} onLeft={() => undefined} />
      ) : (
        <PolicyFacts rules={rules} />
      )}
      <DecidedBy policy={policy} />
      {policy?.override && <p className="hint">{t('otherHere')}</p>}
    </div>
  )
}

/** As the mesh says until a person wants it otherwise on this computer. */
function OwnRules({ mesh, capability, policy }: Place) {
  const { t } = useTranslation('policies')
  const [making, setMaking] = useState(false)
  const override = policy?.override ?? null
  if (override !== null || making) {
    const first = override ?? policy?.rules ?? null
    return (
      <div className="policy-panel">
        <PolicyForm mesh={mesh} capability={capability} scope="own" rules={override} first={first} onLeft={() => setMaking(false)} />
      </div>
    )
  }
  return (
    <div className="policy-panel">
      <p className="hint">{t('follows')}</p>
      <PolicyFacts rules={policy?.rules ?? null} />
      <DecidedBy policy={policy} />
      <div className="policy-do">
        <Button variant="default" onClick={() => setMaking(true)}>
          {t('makeOwn')}
        </Button>
      </div>
    </div>
  )
}
