import type { GrantRule } from '../../electron/contract/snapshot.ts'
import { useCall, useSnapshot } from './app-context.ts'
import { exceptionCount, ruleOf } from './grants.ts'
import { meshesByAge } from './node-summary.ts'
import { type Task, useTask } from './use-task.ts'

/** Who may use a thing in one mesh. */
export interface MeshAccess {
  mesh: { id: string; name: string }
  rule: GrantRule
  exceptions: number
}

/** Who may use a thing of this node, mesh by mesh, and the way to change it. */
export function useAccess(resource: string): { meshes: MeshAccess[]; set: Task<[mesh: string, rule: GrantRule], unknown> } {
  const call = useCall()
  const meshes = useSnapshot(meshesByAge)
  const grants = useSnapshot((snapshot) => snapshot.grants)
  const set = useTask((mesh: string, rule: GrantRule) => call('grant.set', { mesh, resource, rule }))
  return {
    meshes: meshes.map(({ id, name }) => ({
      mesh: { id, name },
      rule: ruleOf(grants, id, resource).holds,
      exceptions: exceptionCount(grants, id, resource),
    })),
    set,
  }
}
