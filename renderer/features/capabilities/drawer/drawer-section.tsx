import type { ReactNode } from 'react'

/** One part of the drawer, below its heading. */
export function DrawerSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="limits-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
