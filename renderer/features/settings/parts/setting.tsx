import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../electron/contract/settings.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { changedFromDefault } from '../defaults.ts'
import { DefaultLine } from './default-line.tsx'

interface SettingLine {
  title: string
  help?: ReactNode
  children?: ReactNode
  /** Over the whole width: what went wrong, what is found. */
  below?: ReactNode
  /** Settings of the contract that it changes: it says when they differ from their defaults, and takes them back. */
  of?: readonly (keyof Settings)[]
}

/** One line of the settings: what it is, what it means, its control. */
export function Setting({ title, help, children, below, of = [] }: SettingLine) {
  const { t } = useTranslation('settings')
  const changed = useSnapshot(({ settings }) => changedFromDefault(settings, of))
  return (
    <div className="setting">
      <div className="setting-words">
        <b>
          {title}
          {changed.length > 0 && <i className="setting-changed" role="img" aria-label={t('changed')} title={t('changed')} />}
        </b>
        {help && <span>{help}</span>}
        {changed.length > 0 && <DefaultLine title={title} keys={changed} />}
      </div>
      {children && <div className="setting-control">{children}</div>}
      {below && <div className="grow-line">{below}</div>}
    </div>
  )
}
