/**
 * The reachability doctor: looks at everything that keeps others from this node and says what, why and what to do. It
 * changes nothing. Each look has its own limit, and one that fails leaves the others alone.
 */
import { z } from 'zod'
import type { Diagnosis } from '../../contract/discovery.ts'
import type { TunnelView } from '../../contract/relay.ts'
import type { Discovery, Membership, NodeId, SettingsStore, Transport } from '../components.ts'
import { toFcnError } from '../errors.ts'
import type { PortMapping } from '../network/port-mapping/port-mapping.ts'
import type { PortalWatch } from '../network/portal-watch.ts'
import { peerPaths, reachAnswer } from '../protocol/messages.ts'
import { authority } from '../support/authority.ts'
import { boundedText } from '../support/bounded-body.ts'
import type { Clock } from '../support/clock.ts'
import { parseJson } from '../support/json.ts'
import { listens } from '../support/knock.ts'
import { type CallBack, callBackFindings, clockFindings, portFinding } from './contact-findings.ts'
import { type FirewallFacts, judgeFirewall } from './firewall.ts'
import { hubFindings } from './hub-findings.ts'
import { mappingFindings } from './mapping-findings.ts'
import { networkFindings, portalFindings } from './network-findings.ts'

/** Longest wait for a connection to ourselves, and for a peer that connects back, ms. */
const ownLimit = 2_000
const callBackLimit = 4_500
/** Peers asked to connect back. */
const maxPeers = 3
const maxAnswer = 16 * 1024

interface DoctorComponents {
  clock: Clock
  settings: Pick<SettingsStore, 'get'>
  discovery: Pick<Discovery, 'network'>
  membership: Pick<Membership, 'members'>
  transport: Pick<Transport, 'request'>
  portal: Pick<PortalWatch, 'look'>
  portMapping: Pick<PortMapping, 'view'>
  place: () => { hosts: string[]; port: number | null; movedFrom: number | null }
  firewall: () => Promise<FirewallFacts>
  tunnels: () => TunnelView[]
  platform: NodeJS.Platform
}

export interface Doctor {
  /** Who asks while one is under way gets the same answer. */
  run(): Promise<Diagnosis>
}

export function createDoctor(components: DoctorComponents): Doctor {
  const { clock, settings, discovery, membership, transport, portal, portMapping, place, firewall, tunnels, platform } = components

  const ownPort = async () => {
    const { hosts, port, movedFrom } = place()
    const tried = await Promise.all(hosts.map(async (host) => ((await listens(host, port ?? 0, ownLimit)) ? [host] : [])))
    return { port, movedFrom, hosts, answering: tried.flat() }
  }

  const askBack = async ({ nodeId, name }: { nodeId: NodeId; name: string }, port: number): Promise<CallBack> => {
    const sentAt = clock.now()
    try {
      const response = await transport.request(nodeId, {
        ...{ method: 'POST', path: peerPaths.reach, headers: { 'content-type': 'application/json' } },
        body: JSON.stringify({ port }),
        signal: AbortSignal.timeout(callBackLimit),
      })
      const text = (await boundedText(response.body, maxAnswer)) ?? ''
      if (response.status === 404) return { peer: name, answer: null, why: 'It runs a version that cannot do this.', offset: null }
      const { reached, problem, address, at } = reachAnswer.parse(parseJson(text))
      return {
        peer: name,
        answer: { reached, problem, address: authority(address, port) },
        why: null,
        offset: at - (sentAt + clock.now()) / 2,
      }
    } catch (error) {
      const why = error instanceof z.ZodError ? 'It gave no answer that makes sense.' : toFcnError(error).message
      return { peer: name, answer: null, why, offset: null }
    }
  }

  const callBacks = (port: number | null): Promise<CallBack[]> => {
    const online = membership.members().filter(({ state }) => state === 'online')
    const once = [...new Map(online.map((member) => [member.nodeId, member])).values()]
    return port === null ? Promise.resolve([]) : Promise.all(once.slice(0, maxPeers).map((member) => askBack(member, port)))
  }

  const diagnose = async (): Promise<Diagnosis> => {
    const { port } = place()
    const [own, facts, back, behind] = await Promise.all([ownPort(), firewall(), callBacks(port), portal.look()])
    const { beSeen, lookAround } = settings.get()
    return {
      at: clock.now(),
      findings: [
        ...portalFindings(behind),
        portFinding(own),
        judgeFirewall(facts, port ?? settings.get().port ?? 3000),
        ...mappingFindings(portMapping.view()),
        ...callBackFindings(back),
        ...hubFindings(back, tunnels()),
        ...clockFindings(back),
        ...networkFindings(discovery.network(), { beSeen, lookAround, platform }),
      ],
    }
  }

  let underWay: Promise<Diagnosis> | null = null
  return {
    run: () => {
      underWay ??= diagnose().finally(() => (underWay = null))
      return underWay
    },
  }
}
