import { type FocusEvent, useState } from 'react'
import { keepOrder } from './kept-order.ts'

/** Freezes the order of a list while the pointer or the focus is inside. Spread `watch` on the list's element. */
export function useKeptOrder(wanted: readonly string[]) {
  const [pointed, setPointed] = useState(false)
  const [focused, setFocused] = useState(false)
  const [shown, setShown] = useState<readonly string[]>(wanted)
  const next = pointed || focused ? keepOrder(shown, wanted) : wanted
  const same = next.length === shown.length && next.every((id, i) => id === shown[i])
  // Derived state: React renders again at once, before anything is painted.
  if (!same) setShown(next)
  return {
    order: same ? shown : next,
    watch: {
      onPointerEnter: () => setPointed(true),
      onPointerLeave: () => setPointed(false),
      onFocus: () => setFocused(true),
      onBlur: (event: FocusEvent) => setFocused(event.currentTarget.contains(event.relatedTarget)),
    },
  }
}
