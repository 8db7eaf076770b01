/**
 * The page of a network that wants one to sign in. Run in a router of the laboratory: `node captive-page.ts PORT HOST`
 * leads whoever asks over HTTP to HOST; with `tls` as HOST it speaks TLS, with a key of its own. Prints a line when it
 * listens.
 */
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createTestIdentity } from '../../fakes/test-identity.ts'

const [port = '', host = ''] = process.argv.slice(2)
const page: RequestListener = (_request, response) => void response.writeHead(302, { location: `http://${host}/` }).end('Please sign in.')

const server = host === 'tls' ? createTlsServer({ ...(await createTestIdentity()).tls }, page) : createServer(page)
server.listen(Number(port), () => process.stdout.write('listening\n'))
