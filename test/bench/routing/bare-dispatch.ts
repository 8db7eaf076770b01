/**
 * The fastest way to forward in Node, doing nothing else: node:http in front, undici's `dispatch` behind, headers as they
 * come. What ours costs beyond this is what ours does. Arguments: port, origin, key file, certificate file.
 */
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { type Dispatcher, Pool } from 'undici'

const [port, origin, key, cert] = process.argv.slice(2) as [string, string, string, string]
const tls = { key: readFileSync(key), cert: readFileSync(cert), minVersion: 'TLSv1.3' as const, rejectUnauthorized: false }
const pool = new Pool(origin, { connections: 64, connect: tls, bodyTimeout: 0 })
const oneConnection = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host', 'expect'])

/** Names and values in turn, without what is about one connection. */
const passedOn = (headers: readonly (string | Buffer)[]) => {
  const kept: string[] = []
  for (let index = 0; index < headers.length; index += 2) {
    const name = String(headers[index])
    if (!oneConnection.has(name.toLowerCase())) kept.push(name, String(headers[index + 1]))
  }
  return kept
}

createServer((request, response) => {
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => response.once('close', () => response.writableFinished || controller.abort(new Error('gone'))),
    onResponseStart: (controller, status) => void response.writeHead(status, passedOn((controller as { rawHeaders: Buffer[] }).rawHeaders)),
    onResponseData(controller, chunk) {
      if (response.write(chunk)) return
      controller.pause()
      response.once('drain', () => controller.resume())
    },
    onResponseEnd: () => void response.end(),
    onResponseError: () => void response.destroy(),
  }
  const hasBody = request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  const { method = 'GET', url = '/', rawHeaders } = request
  pool.dispatch({ method, path: url, headers: passedOn(rawHeaders), body: hasBody ? request : null }, handler)
}).listen(Number(port), '127.0.0.1')
process.once('SIGTERM', () => process.exit(0))
