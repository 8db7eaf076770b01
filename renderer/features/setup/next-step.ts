import type { Snapshot } from '../../../electron/contract/snapshot.ts'
import { meshesByAge } from '../../store/node-summary.ts'
import { joinsUnderWay } from './mesh-ways.ts'

interface NextStep {
  text: 'inviteNext' | 'waitNext' | 'meshNext' | 'useNext'
  /** The computer that must act, where it is not this one; empty otherwise. */
  name: string
}

/** The one thing to do next: find a mesh, wait for whoever must approve, bring somebody in, or look around. */
export function nextStep(snapshot: Snapshot): NextStep {
  const meshes = meshesByAge(snapshot)
  const [join] = joinsUnderWay(snapshot).filter(({ state }) => state === 'connecting' || state === 'waiting' || state === 'confirming')
  if (meshes.some(({ role, members }) => role === 'admin' && members === 1)) return { text: 'inviteNext', name: '' }
  if (meshes.length > 0) return { text: 'useNext', name: '' }
  return join === undefined ? { text: 'meshNext', name: '' } : { text: 'waitNext', name: join.approver?.name ?? join.url }
}
