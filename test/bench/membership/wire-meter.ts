import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** IPv4 and TCP headers with timestamps, as Linux sends them, bytes per segment. */
const headers = 20 + 32

interface Count {
  first: number
  last: number
}

/**
 * What processes send over TCP, headers included, by the counters that `ss` shows of each connection. A connection that
 * comes and goes between two readings is missed.
 */
export function createWireMeter(pids: readonly number[]) {
  const counts = new Map<number, Map<string, Count>>(pids.map((pid) => [pid, new Map()]))
  let isFirst = true

  function note(line: string): void {
    const pid = Number(/pid=(\d+)/u.exec(line)?.[1])
    const [, , , local, peer] = line.split(/\s+/u)
    const sockets = counts.get(pid)
    if (!sockets || !local || !peer) return
    const read = (name: string) => Number(new RegExp(`\\b${name}:(\\d+)`, 'u').exec(line)?.[1] ?? 0)
    const sent = read('bytes_sent') + headers * read('segs_out')
    const name = `${local} ${peer}`
    const held = sockets.get(name)
    // one that was not there at the first reading has sent all of it since
    if (held) held.last = sent
    else sockets.set(name, { first: isFirst ? sent : 0, last: sent })
  }

  return {
    async read(): Promise<void> {
      const { stdout } = await execute('ss', ['-tinpHO'], { maxBuffer: 16 * 2 ** 20 })
      for (const line of stdout.split('\n')) note(line)
      isFirst = false
    },
    /** Bytes since the first reading. */
    sent: (pid: number) => [...(counts.get(pid)?.values() ?? [])].reduce((sum, { first, last }) => sum + last - first, 0),
  }
}
