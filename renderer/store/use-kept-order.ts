import { useState } from 'react'
import { keepOrder } from './kept-order.ts'
import { useLooking } from './use-looking.ts'

/** Freezes the order of a list while the pointer or the focus is inside. Spread `watch` on the list's element. */
export function useKeptOrder(wanted: readonly string[]) {
  const { looking, watch } = useLooking()
  const [shown, setShown] = useState<readonly string[]>(wanted)
  const next = looking ? keepOrder(shown, wanted) : wanted
  const same = next.length === shown.length && next.every((id, i) => id === shown[i])
  // Derived state: React renders again at once, before anything is painted.
  if (!same) setShown(next)
  return { order: same ? shown : next, watch }
}
