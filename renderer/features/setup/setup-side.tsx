import { IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { type SetupPage, setupPages } from '../../../electron/contract/setup.ts'
import { Dusk } from '../../ui/dusk.tsx'

/** The dusk panel: the house, and how far one is. */
export function SetupSide({ page }: { page: SetupPage }) {
  const { t } = useTranslation(['setup', 'common'])
  const now = setupPages.indexOf(page)
  return (
    <aside className="setup-side">
      <div className="setup-brand">{t('common:product')}</div>
      <Dusk />
      <ol aria-label={t('steps')}>
        {setupPages.map((name, index) => (
          <li
            key={name}
            data-step={index < now ? 'done' : index === now ? 'now' : 'todo'}
            aria-current={index === now ? 'step' : undefined}
          >
            <i aria-hidden>{index < now ? <IconCheck size={13} stroke={3} /> : index + 1}</i>
            <span>{t(`step.${name}`)}</span>
          </li>
        ))}
      </ol>
    </aside>
  )
}
