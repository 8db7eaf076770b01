/**
 * Looks at other programs of this computer when a person asks: whether a port is free and who has it, what answers at an
 * address, what there is to share. It changes nothing and keeps nothing.
 */
import type { ListeningProgram, PortCheck, PortHolder, ProgramCheck } from '../../contract/programs.ts'
import type { Services } from '../components.ts'
import type { DialGuard } from '../support/dial-guard.ts'
import { listens } from '../support/knock.ts'
import { parseProgramUrl } from '../support/program-url.ts'
import { knownPrograms } from './known-programs.ts'
import { tryPort } from './port-try.ts'
import { whatAnswers } from './what-answers.ts'

interface ProgramsComponents {
  /** Where this node listens now; null before it does. */
  place: () => { port: number | null }
  /** Addresses on which it would listen after a start. */
  hosts: () => readonly string[]
  services: Pick<Services, 'list'>
  guard: DialGuard
  portHolder: (port: number) => Promise<PortHolder | null>
}

export interface Programs {
  checkPort(port: number): Promise<PortCheck>
  /** Throws `invalid_input` for what is no http(s) address. */
  check(place: { port: number } | { url: string }): Promise<ProgramCheck>
  /** At most as many as there are known ports. Who asks while a look is under way gets the same answer. */
  suggest(): Promise<ListeningProgram[]>
}

/** Longest look at one address, ms, and longest wait for a known port on loopback, where an answer takes no time. */
const checkLimit = 4_000
const knockLimit = 500

export function createPrograms({ place, hosts, services, guard, portHolder }: ProgramsComponents): Programs {
  const check = (url: URL) => whatAnswers(url, guard, AbortSignal.timeout(checkLimit))

  const suggest = async (): Promise<ListeningProgram[]> => {
    const own = place().port
    const shared = new Set(services.list().map(({ port }) => port))
    const asked = [...knownPrograms].filter(([port]) => port !== own && !shared.has(port))
    const found = await Promise.all(
      asked.map(async ([port, name]) => ((await listens('127.0.0.1', port, knockLimit)) ? [{ port, name }] : [])),
    )
    return Promise.all(found.flat().map(named))
  }

  /** What the program calls itself is better than what usually is there. */
  const named = async ({ port, name }: ListeningProgram): Promise<ListeningProgram> => ({
    port,
    name: (await check(onLoopback(port))).name ?? name,
  })

  let looking: Promise<ListeningProgram[]> | null = null

  return {
    async checkPort(port) {
      if (place().port === port) return { port, state: 'own', holder: null }
      const state = await tryPort(port, hosts())
      return { port, state, holder: state === 'taken' ? await portHolder(port) : null }
    },
    check: (where) => check('port' in where ? onLoopback(where.port) : parseProgramUrl(where.url)),
    suggest() {
      looking ??= suggest().finally(() => (looking = null))
      return looking
    },
  }
}

const onLoopback = (port: number) => new URL(`http://127.0.0.1:${port}`)
