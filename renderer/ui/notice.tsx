import { IconAlertTriangle } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** Inside a card or dialog: something to know before going on. */
export function Notice({ title, tone = 'attention', children }: { title: string; tone?: 'attention' | 'error'; children?: ReactNode }) {
  return (
    <div className={tone === 'error' ? 'notice notice-error' : 'notice'} role="note">
      <IconAlertTriangle size={17} stroke={1.8} aria-hidden />
      <span className="grow">
        <b>{title}</b>
        {children && <span>{children}</span>}
      </span>
    </div>
  )
}
