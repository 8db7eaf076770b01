import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:net'

/** Below the ports that systems give to connections by themselves (32768 and up on Linux), above those of services. */
const [first, last] = [10_000, 30_000]
let next = randomInt(first, last)

/** A port that nobody has at this moment, and that neither another test nor a connection gets by chance a moment later. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < 100; tries += 1) {
    const port = next + 1 < last ? next + 1 : first
    next = port // before the wait: whoever asks meanwhile gets another
    if (await isFree(port)) return port
  }
  throw new Error('A hundred ports in a row are taken.')
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return false
  }
  server.close()
  await once(server, 'close')
  return true
}
