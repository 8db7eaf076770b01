/** Who listens on a port, from what the systems' tools print. Pure; each answers null where the text does not tell. */

/** Sockets that listen, as /proc/net/tcp and tcp6 have them: port and inode. `0A` is LISTEN (include/net/tcp_states.h). */
export function listeningInodes(procNetTcp: string, port: number): string[] {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  return procNetTcp.split('\n').flatMap((line) => {
    const fields = line.trim().split(/\s+/u)
    const [, local = '', , state] = fields
    const inode = fields[9]
    return state === '0A' && local.endsWith(`:${wanted}`) && inode !== undefined && inode !== '0' ? [inode] : []
  })
}

/** `lsof -Fpc`: a line per field, `p` and the process id, `c` and the command. */
export function holderFromLsof(output: string): { pid: number; name: string } | null {
  const pid = /^p(\d+)$/mu.exec(output)?.[1]
  const name = /^c(.+)$/mu.exec(output)?.[1]
  return pid === undefined || name === undefined ? null : { pid: Number(pid), name }
}

/** `netstat -ano -p TCP`: local address in the second column, the process id in the last one of a socket that listens. */
export function pidFromNetstat(output: string, port: number): number | null {
  for (const line of output.split('\n')) {
    const [protocol, local = '', foreign = '', ...rest] = line.trim().split(/\s+/u)
    // the word for LISTENING is translated: what listens has no other side
    const listens = /^(?:0\.0\.0\.0|\[::\]):0$/u.test(foreign)
    const pid = Number(rest.at(-1))
    if (protocol === 'TCP' && listens && local.endsWith(`:${port}`) && Number.isInteger(pid)) return pid
  }
  return null
}

/** `tasklist /FO CSV /NH`: the image's name in quotes first. */
export const nameFromTasklist = (output: string): string | null => /^"([^"]+)","\d+"/mu.exec(output.trim())?.[1] ?? null
