import type { ReactNode } from 'react'

/** Nothing here yet: what is missing, how to change it, one or two buttons. */
export function Empty({
  mark,
  title,
  first = false,
  children,
  actions,
}: {
  mark: ReactNode
  title: string
  /** There is no other title on the page. */
  first?: boolean
  children?: ReactNode
  actions?: ReactNode
}) {
  const Title = first ? 'h1' : 'h2'
  return (
    <div className="empty">
      {mark}
      <Title>{title}</Title>
      {children && <div className="empty-text">{children}</div>}
      {actions && <div className="empty-actions">{actions}</div>}
    </div>
  )
}
