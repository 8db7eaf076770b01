/**
 * Asks a router by UPnP (Internet Gateway Device, versions 1 and 2). What is fetched lies on the router itself, whatever
 * its descriptions say; no redirect is followed, and every answer is bounded in time and size.
 */
import { Client } from 'undici'
import type { Clock } from '../../support/clock.ts'
import { boundedText } from '../../support/bounded-body.ts'
import { reachOf } from './address-reach.ts'
import type { Route } from './default-route.ts'
import { findLimit, type Granted, type MappingWish, type PortMapper, type Router, RouterRefusal } from './port-mapper.ts'
import { faultOf, type IgdService, readServices, soapRequest, upnpError } from './igd-messages.ts'
import { findDescriptions } from './ssdp.ts'
import { readXml, textOf } from './xml-text.ts'

/** Longest answer read, bytes: descriptions have some 5 kB. */
const answerLimit = 64 * 1024
/** Ports tried outside when others have the one that was wished for. */
const maxPorts = 8

interface UpnpComponents {
  clock: Clock
}

interface UpnpOptions {
  /** Port of SSDP. */
  port?: number
  /** What the router shows in its list. */
  description?: string
}

type Action = (
  name: string,
  args: readonly (readonly [string, string | number])[],
  signal: AbortSignal,
) => Promise<ReturnType<typeof readXml>>

export function createUpnp({ clock }: UpnpComponents, { port = 1900, description = 'Free Compute Node' }: UpnpOptions = {}): PortMapper {
  return {
    async find(route, signal) {
      const late = AbortSignal.timeout(findLimit)
      try {
        return await firstRouter(route, AbortSignal.any([signal, late]))
      } catch (error) {
        signal.throwIfAborted()
        if (late.aborted) return null
        throw error
      }
    },
  }

  async function firstRouter(route: Route, signal: AbortSignal): Promise<Router | null> {
    let isThere = false
    for (const location of await findDescriptions({ clock, port }, route, signal)) {
      for (const service of await servicesAt(location, route, signal)) {
        const router = await routerAt(service, route, signal)
        if (router !== null) return router
        isThere = true
      }
    }
    if (isThere) throw new RouterRefusal('no_address', 'It says that it has no address.')
    return null
  }

  async function servicesAt(location: URL, { gateway }: Route, signal: AbortSignal): Promise<IgdService[]> {
    const answer = await ask(location, { method: 'GET' }, signal)
    return answer?.status === 200 ? readServices(answer.text, { location, gateway }) : []
  }

  /** The router behind a service; null when that is not the one that is connected. */
  async function routerAt(service: IgdService, route: Route, signal: AbortSignal): Promise<Router | null> {
    const act = actionsOf(service)
    try {
      const address = textOf(await act('GetExternalIPAddress', [], signal), 'NewExternalIPAddress')
      if (address === null || reachOf(address) === 'none') return null
      return {
        protocol: 'UPnP',
        address,
        map: (wish, within) => map(act, route, wish, within),
        async unmap({ outside }, within) {
          await act('DeletePortMapping', [['NewRemoteHost', ''], ...portOutside(outside)], within)
        },
      }
    } catch (error) {
      if (error instanceof RouterRefusal) return null // of several services only one is in use
      throw error
    }
  }

  /** Tries the port that is wished for, then others, for as long as somebody else has them. */
  async function map(act: Action, { own }: Route, { port: inside, outside, lifetime }: MappingWish, signal: AbortSignal): Promise<Granted> {
    let lease: number | null = lifetime
    let others = 0
    for (;;) {
      const candidate = portAt(outside, others)
      try {
        await act('AddPortMapping', addArguments({ own, inside, outside: candidate, lease: lease ?? 0, description }), signal)
        return { outside: candidate, lifetime: lease }
      } catch (error) {
        const code = error instanceof RouterRefusal ? error.code : null
        if (code === upnpError.onlyPermanentLeases && lease !== null) lease = null
        else if (code === upnpError.conflict && others + 1 < maxPorts) others += 1
        else throw error
      }
    }
  }
}

interface AddOptions {
  own: string
  inside: number
  outside: number
  /** s; 0: until it is taken back. */
  lease: number
  description: string
}

const portOutside = (outside: number) => [['NewExternalPort', outside] as const, ['NewProtocol', 'TCP'] as const]

const addArguments = ({ own, inside, outside, lease, description }: AddOptions) => [
  ['NewRemoteHost', ''] as const,
  ...portOutside(outside),
  ['NewInternalPort', inside] as const,
  ['NewInternalClient', own] as const,
  ['NewEnabled', 1] as const,
  ['NewPortMappingDescription', description] as const,
  ['NewLeaseDuration', lease] as const,
]

/** The wish itself, then ports of the dynamic range that follow from it: the same ones after a restart. */
const portAt = (wish: number, attempt: number) => (attempt === 0 ? wish : 49_152 + ((wish * 31 + attempt * 997) % 16_384))

/** Carries out actions of a service; throws `RouterRefusal`, with the number of the UPnP error where there is one. */
function actionsOf(service: IgdService): Action {
  return async (name, args, signal) => {
    const answer = await ask(service.control, soapRequest(service.type, name, args), signal)
    if (answer === null) throw new RouterRefusal('no_answer', 'The router does not answer any more.')
    const document = readXml(answer.text)
    if (answer.status === 200) return document
    throw faultOf(document, answer.status)
  }
}

interface Question {
  method: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
}

/** One HTTP exchange with the router; null when there is no answer that can be used. Rejects when aborted. */
async function ask(url: URL, question: Question, signal: AbortSignal): Promise<{ status: number; text: string } | null> {
  const client = new Client(url.origin, { connect: { timeout: findLimit }, pipelining: 0 })
  const within = AbortSignal.any([signal, AbortSignal.timeout(findLimit)])
  try {
    const { statusCode, body } = await client.request({ ...question, path: `${url.pathname}${url.search}`, signal: within })
    const text = await boundedText(body, answerLimit)
    return text === null ? null : { status: statusCode, text }
  } catch {
    signal.throwIfAborted()
    return null // silence, a refusal or nonsense
  } finally {
    await client.destroy()
  }
}
