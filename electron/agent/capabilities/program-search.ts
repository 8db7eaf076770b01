import { capabilityNames } from '../../contract/capability.ts'
import type { FoundProgram } from '../../contract/setup.ts'
import { hostOf, portOf } from '../support/authority.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import type { CapabilityProvider } from './provider.ts'

interface ProgramSearchComponents {
  providers: Record<FoundProgram['name'], CapabilityProvider>
  guard: DialGuard
}

export interface ProgramSearch {
  /** The likeliest program of each capability that has one here. Who asks while a search runs gets its result. Never rejects. */
  find(): Promise<FoundProgram[]>
}

/** Longest search, ms; what has not answered by then is not found. */
const limit = 4_000

/**
 * Looks at the usual ports of this computer for programs that fit a capability, only when a person asks. It asks what the
 * provider's own check asks, so what is found can be switched on.
 */
export function createProgramSearch({ providers, guard }: ProgramSearchComponents): ProgramSearch {
  let running: Promise<FoundProgram[]> | null = null

  const search = async () => {
    const signal = AbortSignal.timeout(limit)
    const found = await Promise.all(capabilityNames.map((name) => likeliest(providers[name], { signal, guard })))
    return found.filter((program) => program !== null)
  }
  return {
    find() {
      running ??= search().finally(() => (running = null))
      return running
    },
  }
}

async function likeliest(provider: CapabilityProvider, look: { signal: AbortSignal; guard: DialGuard }): Promise<FoundProgram | null> {
  const looks = await Promise.allSettled((provider.usualPlaces ?? []).map((place) => lookAt(provider, new URL(place), look)))
  return looks.find((result) => result.status === 'fulfilled')?.value ?? null
}

/** Rejects where no such program is. */
async function lookAt(provider: CapabilityProvider, place: URL, look: { signal: AbortSignal; guard: DialGuard }): Promise<FoundProgram> {
  look.guard.check(hostOf(place), portOf(place))
  const { detail } = await provider.check(place, look)
  return { name: provider.name, backend: place.origin, detail: detail.slice(0, 200) }
}
