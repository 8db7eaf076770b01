import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { capabilityNamesOf } from '../../support/capability-names.ts'
import { type MeshNode, meshNode, type MeshOffers, meshOffers, nodeRegistered } from './answers.ts'
import type { RouterApiComponents } from './components.ts'
import { isGiven, missingFields } from './required-fields.ts'
import { routerCall } from './router-call.ts'

const registration = z.object({
  nodeUrl: z.string().max(2048),
  nodeName: z.string().max(64),
  capabilities: z.union([z.array(z.string().max(200)).max(64), z.string().max(2048)]).nullish(),
})

const register = routerCall(
  {
    id: 'registerNode',
    summary: 'Register a node; a known address is updated',
    body: { schema: registration },
    fails: ['own_address', 'not_running'],
  },
  nodeRegistered,
  { status: 201, text: 'The node is known now.' },
)

export function addMeshRoutes(api: FastifyInstance, components: RouterApiComponents): void {
  const { legacyPeers, audit } = components

  const nodes = routerCall({ id: 'meshNodes', summary: 'Nodes that registered here, and members of our meshes' }, z.array(meshNode))
  api.get('/mesh/nodes', nodes, () => meshNodes(components))

  const offers = routerCall({ id: 'meshCapabilities', summary: 'Which nodes offer which capability' }, meshOffers)
  api.get('/mesh/capabilities', offers, () => meshCapabilities(components))

  api.post('/mesh/register', register, async (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>
    if (!isGiven(body['nodeUrl']) || !isGiven(body['nodeName'])) throw missingFields()
    const { nodeUrl, nodeName, capabilities } = registration.parse(body)
    const { peer, added } = await legacyPeers.register({
      url: nodeUrl,
      name: nodeName,
      capabilities: capabilities ?? undefined,
      foundVia: 'registered',
    })
    if (added) {
      audit.record({
        action: 'legacy.registered',
        actor: 'Router API key',
        actorId: request.caller.address,
        subject: peer.name,
        subjectId: peer.id,
        outcome: 'ok',
      })
    }
    return reply.status(201).send({ message: added ? 'Node registered' : 'Node updated', meshSize: meshNodes(components).length })
  })
}

/** Old nodes as they registered, and members of our meshes under the plain HTTP side of their port. */
export function meshNodes({ legacyPeers, membership }: Pick<RouterApiComponents, 'legacyPeers' | 'membership'>): MeshNode[] {
  const members = new Map(membership.members().map((member) => [member.nodeId, member]))
  const ours = [...members.values()].flatMap(({ name, addresses, capabilities, lastSeen }): MeshNode[] => {
    const address = addresses[0]
    if (address === undefined) return []
    return [
      {
        url: address.replace(/^https:/u, 'http:'),
        name,
        capabilities: capabilities.filter(({ state }) => state === 'ready').map((capability) => capability.name),
        registered: null,
        lastSeen: lastSeen === null ? null : new Date(lastSeen).toISOString(),
      },
    ]
  })
  return [...legacyPeers.registrations(), ...ours]
}

/** Which nodes of the mesh, this one included, offer what. */
function meshCapabilities(components: RouterApiComponents): MeshOffers {
  const { name, addresses, capabilities } = components.self()
  const ready = capabilities.filter(({ state }) => state === 'ready').map((capability) => capability.name)
  const self = { name, url: addresses[0]?.replace(/^https:/u, 'http:') ?? null, capabilities: ready }
  const offers = new Map<string, { url: string | null; name: string }[]>()
  for (const node of [self, ...meshNodes(components)]) {
    for (const capability of capabilityNamesOf(node.capabilities)) {
      const nodes = offers.get(capability) ?? []
      nodes.push({ url: node.url, name: node.name })
      offers.set(capability, nodes)
    }
  }
  return Object.fromEntries(offers)
}
