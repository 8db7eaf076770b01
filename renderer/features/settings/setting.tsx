import type { ReactNode } from 'react'

/** One line of the settings: what it is, what it means, its control; below it, over the whole width, what went wrong. */
export function Setting({ title, help, children, below }: { title: string; help?: ReactNode; children?: ReactNode; below?: ReactNode }) {
  return (
    <div className="setting">
      <div className="setting-words">
        <b>{title}</b>
        {help && <span>{help}</span>}
      </div>
      {children && <div className="setting-control">{children}</div>}
      {below && <div className="grow-line">{below}</div>}
    </div>
  )
}
