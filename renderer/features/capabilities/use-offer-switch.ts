import { useState } from 'react'
import type { Failure } from '../../../electron/contract/failure.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'

/** The switch of a capability, which moves at once. */
export interface OfferSwitch {
  on: boolean
  /** What was chosen and is not yet known to hold; null: nothing is under way. */
  switching: boolean | null
  /** Why the node refused; the switch has gone back. */
  failure: Failure | null
  set: (on: boolean) => void
}

/** Shows what was chosen until the node refuses, or tells the state that comes of it: the answer is there before the state is. */
export function useOfferSwitch(capability: CapabilityView): OfferSwitch {
  const call = useCall()
  const [chosen, setChosen] = useState<{ on: boolean; before: CapabilityView } | null>(null)
  const [refusedBy, setRefusedBy] = useState<CapabilityView | null>(null)
  const task = useTask((on: boolean) => call('capability.set', { name: capability.name, enabled: on }))
  const isPending = chosen !== null && (task.running || chosen.before === capability)
  const set = async (on: boolean) => {
    setChosen({ on, before: capability })
    if ((await task.run(on)) !== undefined) return
    setChosen(null)
    setRefusedBy(capability)
  }
  return {
    on: isPending ? chosen.on : capability.enabled,
    switching: isPending ? chosen.on : null,
    // The reason is out of date as soon as the capability is another.
    failure: refusedBy === capability ? task.failure : null,
    set: (on) => void set(on),
  }
}
