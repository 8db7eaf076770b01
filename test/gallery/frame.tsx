import { useState } from 'react'
import { Router } from 'wouter'
import { memoryLocation } from 'wouter/memory-location'
import { AppContext } from '../../renderer/store/app-context.ts'
import type { ExhibitState } from './exhibit.ts'
import { createFixedNode } from './fixed-node.ts'

/** One state with all that a component may ask of the window. Its links lead nowhere. */
export function Frame({ state }: { state: ExhibitState }) {
  const [{ parts, hook }] = useState(() => ({ parts: createFixedNode(state), hook: memoryLocation({ path: '/', static: true }).hook }))
  return (
    <AppContext value={parts}>
      {/* oxlint-disable-next-line react/hooks -- wouter takes its location as a hook */}
      <Router hook={hook}>{state.show()}</Router>
    </AppContext>
  )
}
