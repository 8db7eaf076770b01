import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { calls, type CallName } from '../../../contract/calls.ts'
import { errorTable } from '../../../contract/error-codes.ts'
import type { Node } from '../../node.ts'
import type { Operation } from '../../openapi/operation.ts'

/** Largest body of a call; a mesh.json of a thousand nodes fits. */
const maxBody = 8 * 1024 * 1024

/** Binds the contract's table: `POST /local/v1/<call name>`, the input as JSON in, `{value}` or `{error}` out. */
export function addCalls(app: FastifyInstance, { call }: { call: Node['call'] }): void {
  for (const name of Object.keys(calls) as CallName[]) {
    app.post(`/local/v1/${name}`, { bodyLimit: maxBody, config: { describe: () => operationOf(name) } }, async (request, reply) => {
      const result = await call(name, request.body ?? {})
      if (result.ok) return { value: result.value }
      return reply.status(errorTable[result.error.code].status).send({ error: result.error })
    })
  }
}

/** Everything about a call follows from the table. What it passes on from other nodes may have any code. */
function operationOf(name: CallName): Operation {
  const { summary, input, output } = calls[name]
  return {
    id: name,
    tag: 'Local',
    summary,
    access: 'control',
    body: { schema: input, ...(input.safeParse({}).success && { optional: true }) },
    answers: { 200: { text: 'Accepted.', content: { schema: z.object({ value: output }) } } },
    fails: 'any',
    failure: 'call',
  }
}
