import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createRequestHooks } from '../../../../electron/agent/api/request-hooks.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { createKeptRefusals } from '../../../fakes/kept-refusals.ts'

const taken = (url: string): boolean => {
  const hooks = createRequestHooks({ log: createKeptLog(), refusals: createKeptRefusals(), admit: () => undefined })
  hooks.add({ prefixes: ['/v1/', '/api/tags'], request: () => undefined })
  const request = { url, httpVersion: '1.1', rawHeaders: ['host', 'localhost'], headers: {}, socket: {} } as unknown as IncomingMessage
  return hooks.dispatch(request, {} as ServerResponse, () => ({ kind: 'plain', address: '127.0.0.1', loopback: true }), {
    expectsContinue: false,
  })
}

describe('a hook', () => {
  it('takes everything below a prefix that ends in a slash', () => {
    expect(['/v1/models', '/v1/', '/v1/x?y'].every(taken)).toBe(true)
    expect(['/v1', '/v10/', '/V1/models'].some(taken)).toBe(false)
  })

  it('takes any other prefix as the very address, with or without a query', () => {
    expect(['/api/tags', '/api/tags?x'].every(taken)).toBe(true)
    expect(['/api/tags/', '/api/tagsx', '/api/mesh/nodes'].some(taken)).toBe(false)
  })
})
