/**
 * A process with as many real TLS servers as there are peers, each with an identity of its own; they answer as
 * `trouble.ts` says. One argument: a file with `{ control, peers: [{ port, tls }] }`. `GET /slow?on|off` on the control
 * port begins and ends the bad time of the slow peer. Ends with SIGTERM.
 */
import { readFileSync } from 'node:fs'
import { createServer as createHttpServer, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { z } from 'zod'
import { createFakeRandom } from '../../../fakes/fake-random.ts'
import { answerOf } from './trouble.ts'

const fakePeers = z.object({
  control: z.number(),
  peers: z.array(z.object({ port: z.number(), tls: z.object({ key: z.string(), cert: z.string() }) })),
})
export type FakePeers = z.infer<typeof fakePeers>

const { control, peers } = fakePeers.parse(JSON.parse(readFileSync(process.argv[2] as string, 'utf8')))
const random = createFakeRandom()
let slow = false

for (const [peer, { port, tls }] of peers.entries()) {
  const answer = (response: ServerResponse) => {
    const { status, after } = answerOf(peer, slow, random)
    setTimeout(() => response.writeHead(status, { 'content-type': 'application/json', 'content-length': 2 }).end('{}'), after)
  }
  const options = { ...tls, minVersion: 'TLSv1.3' as const, requestCert: true, rejectUnauthorized: false, keepAliveTimeout: 60_000 }
  createServer(options, (_request, response) => answer(response)).listen(port, '127.0.0.1')
}
createHttpServer((request, response) => {
  slow = request.url === '/slow?on'
  response.end()
}).listen(control, '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
