import { once } from 'node:events'
import { createServer } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createDoorOpener } from '../../../../electron/agent/api/door-server.ts'
import type { Caller } from '../../../../electron/agent/components.ts'
import { createKeptLog } from '../../../fakes/kept-log.ts'
import { createKeptRefusals } from '../../../fakes/kept-refusals.ts'
import { freePort } from '../../../support/free-port.ts'
import { send } from '../../../fakes/household.ts'

function opener() {
  const callers: Caller[] = []
  const open = createDoorOpener({
    log: createKeptLog(),
    refusals: createKeptRefusals(),
    take: (request, response, caller) => {
      callers.push(caller)
      if (request.url !== '/waits') response.end(request.url)
    },
  })
  return { open, callers }
}

describe('a door', () => {
  it('answers on loopback whatever is asked, and says that a program of this computer asks', async () => {
    const { open, callers } = opener()
    const port = await freePort()
    const door = await open(port)
    onTestFinished(() => door.close())
    expect((await send(`http://127.0.0.1:${port}/api/tags?x`)).text).toBe('/api/tags?x')
    expect(callers).toEqual([{ kind: 'plain', address: '127.0.0.1', loopback: true }])
  })

  it('is not opened where another program listens', async () => {
    const port = await freePort()
    const other = createServer().listen(port, '127.0.0.1')
    await once(other, 'listening')
    onTestFinished(() => void other.close())
    await expect(opener().open(port)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('closes although somebody waits for an answer, and can be opened again', async () => {
    const { open } = opener()
    const port = await freePort()
    const door = await open(port)
    const waiting = send(`http://127.0.0.1:${port}/waits`).catch((error: unknown) => (error as NodeJS.ErrnoException).code)
    await send(`http://127.0.0.1:${port}/`)
    await door.close()
    expect(await waiting).toBe('ECONNRESET')
    await (await open(port)).close()
  })
})
