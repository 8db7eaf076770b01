import { useEffect } from 'react'
import { useLocation, useSearch } from 'wouter'
import { type Opened, openedIn } from '../electron/contract/place.ts'
import { useDialogs } from './store/app-context.ts'
import type { Dialog } from './store/dialog-store.ts'

/** Opens the dialog that the address asks for, once: it is out of the address again when the dialog is there. */
export function OpenedDialog() {
  const { open } = useDialogs()
  const [path, navigate] = useLocation()
  const query = useSearch()
  useEffect(() => {
    const opened = openedIn(query)
    if (opened === null) return
    open(dialogFor(opened))
    navigate(path, { replace: true })
  }, [query, path, open, navigate])
  return null
}

function dialogFor(opened: Opened): Dialog {
  if (opened.open === 'approve') return { kind: 'approve', requestId: opened.request }
  return opened.invite === undefined ? { kind: 'join' } : { kind: 'join', way: 'invite', invite: opened.invite }
}
