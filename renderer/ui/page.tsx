import type { ReactNode } from 'react'

/** One screen within the shell; `aside` stands beside it and never over it. */
export function Page({ children, aside, busy = false }: { children?: ReactNode; aside?: ReactNode; busy?: boolean }) {
  return (
    <>
      <main className="main" id="main" tabIndex={-1} aria-busy={busy || undefined}>
        {children}
      </main>
      {aside}
    </>
  )
}
