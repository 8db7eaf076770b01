import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/** IPv4 and TCP headers with timestamps, as Linux sends them, bytes per segment. */
const headers = 20 + 32

/** Bytes of TLS records, and of whole packets. */
interface Sent {
  records: number
  packets: number
}

/**
 * What processes send over TCP, by the counters that `ss` shows of each connection. One that comes and goes between two
 * readings is missed.
 */
export function createWireMeter(pids: readonly number[]) {
  const counts = new Map<number, Map<string, { first: Sent; last: Sent }>>(pids.map((pid) => [pid, new Map()]))
  let isFirst = true

  function note(line: string): void {
    const pid = Number(/pid=(\d+)/u.exec(line)?.[1])
    const [, , , local, peer] = line.split(/\s+/u)
    const sockets = counts.get(pid)
    if (!sockets || !local || !peer) return
    const read = (name: string) => Number(new RegExp(`\\b${name}:(\\d+)`, 'u').exec(line)?.[1] ?? 0)
    const records = read('bytes_sent')
    const sent = { records, packets: records + headers * read('segs_out') }
    const name = `${local} ${peer}`
    const held = sockets.get(name)
    // one that was not there at the first reading has sent all of it since
    if (held) held.last = sent
    else sockets.set(name, { first: isFirst ? sent : { records: 0, packets: 0 }, last: sent })
  }

  return {
    async read(): Promise<void> {
      const { stdout } = await execute('ss', ['-tinpHO'], { maxBuffer: 16 * 2 ** 20 })
      for (const line of stdout.split('\n')) note(line)
      isFirst = false
    },
    /** Since the first reading. */
    sent(pid: number): Sent {
      const all = [...(counts.get(pid)?.values() ?? [])]
      const total = (kind: keyof Sent) => all.reduce((sum, { first, last }) => sum + last[kind] - first[kind], 0)
      return { records: total('records'), packets: total('packets') }
    },
  }
}
