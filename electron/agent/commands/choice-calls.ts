import type { CallHandlers } from '../../contract/calls.ts'
import type { Explain } from '../routing/explain.ts'

/** Questions about the choice of who serves. */
export function choiceCalls({ router }: { router: { explain: Explain } }): Pick<CallHandlers, 'route.explain'> {
  return {
    'route.explain': ({ mesh = null, ...asked }) =>
      router.explain({
        mesh,
        peer: null,
        wanted: 'service' in asked ? { kind: 'service', service: asked.service } : { kind: 'capability', capability: asked.capability },
      }),
  }
}
