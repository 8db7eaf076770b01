import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { change } from '../../../contract/patch.ts'
import { FcnError } from '../../errors.ts'
import type { Node } from '../../node.ts'
import { described } from '../../openapi/operation.ts'
import type { Clock } from '../../support/clock.ts'

interface EventsComponents {
  node: Pick<Node, 'snapshot' | 'changes'>
  clock: Clock
}

const heartbeat = 15_000
/** What may wait for a slow reader, bytes; one that falls further behind is closed and starts anew with a snapshot. */
const maxWaiting = 1024 * 1024
const maxStreams = 64

const description = described({
  id: 'events',
  tag: 'Local',
  summary: 'The stream of changes',
  description: 'First `hello`, then each `change` without gaps: apply those that are newer than a snapshot (snapshot.get).',
  access: 'control',
  answers: {
    200: {
      text: 'Server-sent events; a comment every 15 seconds.',
      content: { media: 'text/event-stream' },
      events: { hello: z.object({ epoch: z.string(), revision: z.number().int() }), change },
    },
  },
  failure: 'call',
})

/**
 * `GET /local/v1/events`: server-sent events. First `hello` with the epoch and revision from which the changes count,
 * then each `change`, without gaps. A reader that is not fast enough is disconnected; streams end when the app closes.
 */
export function addEvents(app: FastifyInstance, { node, clock }: EventsComponents): void {
  const streams = new Set<() => void>()

  app.get('/local/v1/events', { exposeHeadRoute: false, ...description }, (_request, reply) => {
    if (streams.size >= maxStreams) throw new FcnError('too_many', `${maxStreams} pages and programs watch this node already.`)
    reply.hijack()
    const end = openStream(reply.raw, { node, clock }, () => streams.delete(end))
    streams.add(end)
  })

  app.addHook('preClose', (done) => {
    for (const end of streams) end()
    done()
  })
}

function openStream(response: ServerResponse, { node, clock }: EventsComponents, ended: () => void): () => void {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  const write = (text: string) => {
    response.write(text)
    if (response.writableLength > maxWaiting) response.destroy()
  }
  const event = (name: string, data: unknown) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`)

  let cancelBeat = () => {}
  const beat = () => {
    cancelBeat = clock.after(heartbeat, () => {
      write(': still here\n\n')
      beat()
    })
  }

  // in one go, so that no change can fall between; asking for the snapshot may itself announce one, which it contains
  const { epoch, revision } = node.snapshot()
  event('hello', { epoch, revision })
  const unsubscribe = node.changes.subscribe((change) => event('change', change))
  beat()

  response.on('error', () => response.destroy())
  response.once('close', () => {
    unsubscribe()
    cancelBeat()
    ended()
  })
  return () => response.end()
}
