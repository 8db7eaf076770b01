import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { StateMark } from './state-mark.tsx'

/** A health warning: what is wrong, what still works, one button that helps. */
export function Banner({
  severity,
  title,
  children,
  action,
}: {
  severity: 'info' | 'warning' | 'error'
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  const Icon = severity === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <section className={`banner banner-${severity}`} role={severity === 'error' ? 'alert' : 'status'} aria-label={title}>
      {severity === 'error' ? <StateMark mark="problem" size={18} /> : <Icon size={18} stroke={1.8} aria-hidden />}
      <div className="grow banner-words">
        <b>{title}</b>
        {children && <span>{children}</span>}
      </div>
      {action}
    </section>
  )
}
