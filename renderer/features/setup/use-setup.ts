import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import type { CallInput } from '../../../electron/contract/calls.ts'
import type { Failure } from '../../../electron/contract/failure.ts'
import type { SetupPage } from '../../../electron/contract/setup.ts'
import { useCall, useSnapshot } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'

/** The ways from one page of the setup to another, and out of it. */
export interface SetupMoves {
  /** It was gone through or put away before: leaving it now changes nothing. */
  begun: boolean
  moving: boolean
  failure: Failure | null
  go: (page: SetupPage) => void
  /** To the Overview, which offers to go on where this was left. */
  leave: () => void
  finish: () => void
}

export function useSetup(): SetupMoves {
  const call = useCall()
  const [, navigate] = useLocation()
  const state = useSnapshot(({ setup }) => setup.state)
  const [leaving, setLeaving] = useState(false)
  const move = useTask((change: CallInput<'setup.set'>) => call('setup.set', change))
  const out = async (change: CallInput<'setup.set'> | null) => {
    if (change === null || (await move.run(change)) !== undefined) setLeaving(true)
  }
  // the Overview leads back here while the setup is open: it must be seen closed before the address changes
  const closed = state !== 'open'
  useEffect(() => {
    if (leaving && closed) navigate('/')
  }, [leaving, closed, navigate])
  return {
    begun: closed,
    moving: move.running || leaving,
    failure: move.failure,
    go: (page) => void move.run({ page }),
    leave: () => void out(closed ? null : { state: 'left' }),
    finish: () => void out({ state: 'finished' }),
  }
}
