import { describe, expect, it } from 'vitest'
import { listen } from '../../../../electron/agent/api/listen.ts'

const handlers = () => {
  const lost: string[] = []
  return { lost, accept: () => {}, trouble: () => {}, lostNow: () => lost.push('lost') }
}

describe('listening', () => {
  it('is not lost when it was closed on purpose', async () => {
    const { accept, trouble, lost, lostNow } = handlers()
    const listener = await listen({ port: 0, host: '127.0.0.1' }, { accept, trouble, lost: lostNow })
    await listener.close()
    expect(lost).toEqual([])
  })

  it('refuses a chosen port that is taken, names it, and gives back what it had', async () => {
    const { accept, trouble, lostNow } = handlers()
    const first = await listen({ port: 0, host: '127.0.0.1' }, { accept, trouble, lost: lostNow })
    const again = () => listen({ port: first.port, host: '127.0.0.1' }, { accept, trouble, lost: lostNow })
    await expect(again()).rejects.toMatchObject({
      code: 'port_in_use',
      exitCode: 69,
      message: expect.stringContaining(String(first.port)) as string,
    })
    await first.close()
    await (await again()).close()
  })
})
