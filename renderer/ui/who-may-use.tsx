import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { grantRule, type GrantRule } from '../../electron/contract/snapshot.ts'

interface Row {
  mesh: { id: string; name: string }
  rule: GrantRule
  exceptions: number
}

/** Who may use a thing of this computer, one line per mesh; `what` names it for those who hear the page. */
export function WhoMayUse({
  what,
  rows,
  onChange,
}: {
  what: string
  rows: readonly Row[]
  onChange: (mesh: string, rule: GrantRule) => void
}) {
  const { t } = useTranslation()
  if (rows.length === 0) return null
  const choices = grantRule.options.map((rule) => ({ value: rule, label: t(`rule.${rule}`) }))
  return (
    <div className="who" data-one={rows.length === 1 || undefined}>
      <span className="who-label">{t('whoMayUse')}</span>
      {rows.map(({ mesh, rule, exceptions }) => (
        <div className="who-line" key={mesh.id}>
          {rows.length > 1 && <span className="who-mesh cut">{mesh.name}</span>}
          <Select
            size="xs"
            data={choices}
            value={rule}
            onChange={(value) => value !== null && onChange(mesh.id, grantRule.parse(value))}
            allowDeselect={false}
            aria-label={t('whoMayUseIn', { what, mesh: mesh.name })}
          />
          {exceptions > 0 && (
            <Link className="who-exceptions" href="/peers">
              {t('exceptions', { count: exceptions })}
            </Link>
          )}
        </div>
      ))}
    </div>
  )
}
