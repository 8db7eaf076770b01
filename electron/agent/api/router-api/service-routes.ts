import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { FcnError } from '../../errors.ts'
import { serviceRegistered, sharedService, sharedServices } from './answers.ts'
import type { RouterApiComponents } from './components.ts'
import { routerEntry, serviceEntries, serviceEntry } from './node-info.ts'
import { isGiven, missingFields } from './required-fields.ts'
import { routerCall } from './router-call.ts'

/** Ports come as numbers and as strings. */
const port = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,5}$/u)
      .transform(Number),
  ])
  .pipe(z.number().int().min(1).max(65_535))
const registration = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(64),
  port,
  status: z.enum(['active', 'inactive']).optional().catch(undefined),
  url: z.string().max(2048).optional(),
})

const register = routerCall(
  {
    id: 'registerService',
    summary: 'Share a service of this node; a known id is updated',
    body: { schema: registration },
    fails: ['refused_address', 'own_address'],
  },
  serviceRegistered,
  { status: 201, text: 'The service is shared now.' },
)

const one = routerCall(
  {
    id: 'sharedService',
    summary: 'One service of this node',
    parameters: { id: { in: 'path', text: 'Id of the service.', schema: z.string().min(1).max(100) } },
    fails: ['not_found'],
  },
  sharedService,
)

export function addServiceRoutes(api: FastifyInstance, components: RouterApiComponents): void {
  const { services, audit } = components

  const all = routerCall({ id: 'sharedServices', summary: 'Services of this node, by id' }, sharedServices)
  api.get('/services', all, () => serviceEntries(components))

  api.get<{ Params: { id: string } }>('/services/:id', one, (request) => {
    const { id } = request.params
    const service = services.get(id)
    if (service !== undefined) return serviceEntry(service, components)
    if (id === 'router') return routerEntry(components)
    throw new FcnError('not_found', 'Service not found')
  })

  api.post('/services/register', register, async (request, reply) => {
    const body = (request.body ?? {}) as Record<string, unknown>
    if (!isGiven(body['id']) || !isGiven(body['name']) || !isGiven(body['port'])) throw missingFields()
    const service = await services.share(registration.parse(body))
    audit.record({
      action: 'service.shared',
      actor: 'Router API key',
      actorId: request.caller.address,
      subject: service.name,
      subjectId: service.id,
      outcome: 'ok',
    })
    return reply.status(201).send({ message: 'Service registered', service: serviceEntry(service, components) })
  })
}
