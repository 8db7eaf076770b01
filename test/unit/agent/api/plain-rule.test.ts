import { expect, describe, it, onTestFinished } from 'vitest'
import { createApp } from '../../../../electron/agent/api/app.ts'
import { createPlainRule } from '../../../../electron/agent/api/plain-rule.ts'
import type { Caller } from '../../../../electron/agent/components.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { createKeptRefusals } from '../../../fakes/kept-refusals.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'

const afar: Caller = { kind: 'plain', address: '192.168.1.77', loopback: false }
const others: Caller[] = [
  { kind: 'plain', address: '127.0.0.1', loopback: true },
  { kind: 'anonymous', address: '192.168.1.77' },
  { kind: 'node', id: 'x', publicKey: '', address: '192.168.1.77' },
]

describe('encrypted peers only', () => {
  it('refuses plain HTTP of other machines alone, and works as soon as it is switched', () => {
    let on = false
    const rule = createPlainRule(() => on)
    for (const caller of [afar, ...others]) expect(() => rule(caller)).not.toThrow()
    on = true
    expect(() => rule(afar)).toThrow(expect.objectContaining({ code: 'encrypted_only', status: 403 }))
    for (const caller of others) expect(() => rule(caller)).not.toThrow()
  })

  it('says so for every address, and closes the connection', async () => {
    const app = createApp(
      {
        callerOf: () => afar,
        clock: createFakeClock(),
        log: createKeptLog(),
        refusals: createKeptRefusals(),
        admit: createPlainRule(() => true),
      },
      { bodyTimeout: 1000 },
    )
    onTestFinished(() => app.close())
    app.get('/api/health', () => ({ status: 'ok' }))
    app.post('/api/mesh/register', () => 'reached')
    for (const [method, url] of [
      ['GET', '/api/health'],
      ['POST', '/api/mesh/register'],
      ['GET', '/nothing'],
    ] as const) {
      const answer = await app.inject({ method, url, ...(method === 'POST' && { payload: { a: 1 } }) })
      expect([answer.statusCode, answer.json<{ code: string }>().code, answer.headers.connection]).toEqual([403, 'encrypted_only', 'close'])
    }
  })
})
