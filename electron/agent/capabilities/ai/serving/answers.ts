import type { ServerResponse } from 'node:http'

/** Answers with a document of JSON. */
export function sendAnswer(response: ServerResponse, value: unknown): void {
  if (response.destroyed) return
  const body = JSON.stringify(value)
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
  })
  response.end(body)
}
