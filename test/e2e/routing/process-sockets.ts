import { readdirSync, readlinkSync } from 'node:fs'

/** Sockets that a process has open, as Linux lists its files (proc(5)). */
export function socketCount(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => linkOf(`/proc/${pid}/fd/${fd}`).startsWith('socket:')).length
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return '' // closed since the folder was read
  }
}
