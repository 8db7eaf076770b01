import type { ReactNode } from 'react'

/** Title of a screen, one line that says what is true here, and at most two buttons. */
export function PageHead({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="page-head">
      <div className="grow">
        <h1>{title}</h1>
        {children && <p>{children}</p>}
      </div>
      <div className="page-actions">{actions}</div>
    </header>
  )
}
