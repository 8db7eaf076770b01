import { beforeEach, describe, expect, it } from 'vitest'
import { createApp } from '../../../../../electron/agent/api/app.ts'
import { registerReachApi } from '../../../../../electron/agent/api/peer/reach-api.ts'
import type { Caller } from '../../../../../electron/agent/components.ts'
import { createFakeClock } from '../../../../fakes/fake-clock.ts'
import { createKeptLog } from '../../../../fakes/kept-log.ts'
import { createKeptRefusals } from '../../../../fakes/kept-refusals.ts'

const member: Caller = { kind: 'node', id: 'MEMBER', publicKey: '', address: '::ffff:192.168.1.57' }
let caller: Caller = member
let dialled: string[] = []

async function openApp() {
  const [clock, log] = [createFakeClock(5_000), createKeptLog()]
  const app = createApp({ callerOf: () => caller, clock, log, refusals: createKeptRefusals() }, { bodyTimeout: 1_000 })
  registerReachApi(app, {
    ...{ membership: { isMember: (id: string) => id === 'MEMBER' }, clock },
    callBack: async (node, address, port) => {
      dialled.push(`${node} ${address} ${port}`)
      return { reached: true, problem: null }
    },
  })
  await app.ready()
  return { app, clock, ask: (payload: object) => app.inject({ method: 'POST', url: '/peer/v1/reach', payload }) }
}

beforeEach(() => {
  caller = member
  dialled = []
})

describe('a member that asks to be connected to', () => {
  it('is tried where it calls from, at the port it says, for its own key', async () => {
    const { ask } = await openApp()
    const answer = await ask({ port: 3000, address: '10.0.0.1' })
    expect(answer.json()).toEqual({ reached: true, problem: null, address: '192.168.1.57', at: 5_000 })
    expect(dialled).toEqual(['MEMBER 192.168.1.57 3000'])
  })

  it('gets no connection without a port that is one, or asking too often', async () => {
    const { ask } = await openApp()
    for (const body of [{}, { port: 0 }, { port: 70_000 }, { port: '22' }]) expect((await ask(body)).statusCode).toBe(400)
    const codes = []
    for (let time = 0; time < 8; time += 1) codes.push((await ask({ port: 3000 })).statusCode)
    expect(codes).toEqual([200, 200, 200, 200, 200, 429, 429, 429])
  })

  it('is told that there is nothing to try when it comes through a hub', async () => {
    caller = { ...member, address: 'relay://K7QDM3X-WPA4HNU-5SYB2RC-TJE6LQZ' }
    const { ask } = await openApp()
    expect((await ask({ port: 3000 })).json()).toMatchObject({ code: 'unreachable' })
    expect(dialled).toEqual([])
  })

  it('must be one: strangers and plain callers are refused', async () => {
    const { ask } = await openApp()
    for (const other of [
      { ...member, id: 'STRANGER' },
      { kind: 'plain', address: '192.168.1.9', loopback: true },
    ] as Caller[]) {
      caller = other
      expect((await ask({ port: 3000 })).statusCode).toBe(403)
    }
    expect(dialled).toEqual([])
  })
})
