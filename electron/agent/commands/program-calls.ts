import type { CallHandlers } from '../../contract/calls.ts'
import type { Diagnostics } from '../../contract/diagnostics.ts'
import type { Programs } from '../programs/programs.ts'

type ProgramCalls = Pick<CallHandlers, 'port.check' | 'service.check' | 'service.suggest' | 'diagnostics.collect'>

interface ProgramCallsComponents {
  programs: Programs
  collectDiagnostics: () => Promise<Diagnostics>
}

export function programCalls({ programs, collectDiagnostics }: ProgramCallsComponents): ProgramCalls {
  return {
    'port.check': ({ port }) => programs.checkPort(port),
    'service.check': (place) => programs.check(place),
    'service.suggest': () => programs.suggest(),
    'diagnostics.collect': () => collectDiagnostics(),
  }
}
