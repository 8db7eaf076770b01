import type { ReactNode } from 'react'

/** Nothing here yet: what is missing, how to change it, one or two buttons. */
export function Empty({ mark, title, children, actions }: { mark: ReactNode; title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="empty">
      {mark}
      <h2>{title}</h2>
      {children && <div className="empty-text">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
