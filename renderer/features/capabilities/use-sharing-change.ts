import { useTranslation } from 'react-i18next'
import type { CapabilityLimits } from '../../../electron/contract/routing.ts'
import type { SharingConditions } from '../../../electron/contract/sharing.ts'
import type { CapabilityView } from '../../../electron/contract/snapshot.ts'
import type { Failure } from '../../../electron/contract/failure.ts'
import { useCall } from '../../store/app-context.ts'
import { useUndoable } from '../../store/use-undoable.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { replacedBy } from '../../ui/limits/typed-limits.ts'

interface Change {
  limits?: Partial<CapabilityLimits> | null
  conditions?: Partial<SharingConditions> | null
}

export interface SharingChange {
  failure: Failure | null
  running: boolean
  /** Each runs to true when it holds, and can be undone from the toast. */
  limits: (change: Partial<CapabilityLimits> | null) => Promise<true | undefined>
  conditions: (change: Partial<SharingConditions> | null) => Promise<true | undefined>
  /** All as usual. */
  reset: () => Promise<true | undefined>
}

/** Changes what peers may take of a capability, and when. */
export function useSharingChange({ name, limits, conditions }: CapabilityView): SharingChange {
  const { t } = useTranslation('limits')
  const word = useCapabilityName()(name)
  const call = useCall()
  const save = useUndoable((change: Change) => call('capability.set', { name, ...change }), t('saved', { name: word }))
  return {
    failure: save.failure,
    running: save.running,
    limits: (change) => save.run({ limits: change }, { limits: change === null ? limits : replacedBy(change, limits) }),
    conditions: (change) => save.run({ conditions: change }, { conditions: change === null ? conditions : replacedBy(change, conditions) }),
    reset: () => save.run({ limits: null, conditions: null }, { limits, conditions }),
  }
}
