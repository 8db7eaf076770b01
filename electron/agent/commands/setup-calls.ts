import type { CallHandlers } from '../../contract/calls.ts'
import type { Autostart } from '../autostart.ts'
import type { AuditLog } from '../components.ts'
import type { ProgramSearch } from '../capabilities/program-search.ts'
import type { Setup } from '../setup.ts'

type SetupCalls = Pick<CallHandlers, 'setup.set' | 'autostart.get' | 'autostart.set' | 'capability.find'>

interface SetupCallsComponents {
  setup: Pick<Setup, 'set'>
  autostart: Autostart
  programSearch: ProgramSearch
  audit: AuditLog
  self: () => { id: string; name: string }
}

/** What the first minutes with a node need: how far one is, starting with the system, which programs are here. */
export function setupCalls({ setup, autostart, programSearch, audit, self }: SetupCallsComponents): SetupCalls {
  return {
    'setup.set': (change) => setup.set(change),
    'autostart.get': () => autostart.read(),
    'autostart.set': async ({ enabled }) => {
      await autostart.set(enabled)
      const { id, name } = self()
      audit.record({ action: 'settings.changed', actor: name, actorId: id, outcome: 'ok', details: { settings: ['autostart'] } })
      return autostart.read()
    },
    'capability.find': () => programSearch.find(),
  }
}
