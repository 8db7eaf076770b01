import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Host } from './lab.ts'

/** Counts mDNS packets in a host, by sender. */
export interface Listener extends Disposable {
  from(address: string): number
  total(): number
  /** Whether it listens yet. */
  ready(): boolean
}

export function listen(host: Host, card: string, address: string): Listener {
  let counts: Record<string, number> | null = null
  const child = spawn(
    'ip',
    ['netns', 'exec', host.namespace, process.execPath, join(import.meta.dirname, 'mdns-listener.ts'), card, address],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  createInterface({ input: child.stdout }).on('line', (line) => (counts = JSON.parse(line) as Record<string, number>))
  return {
    ready: () => counts !== null,
    from: (sender) => counts?.[sender] ?? 0,
    total: () => Object.values(counts ?? {}).reduce((sum, count) => sum + count, 0),
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  }
}
