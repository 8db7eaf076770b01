import { readFileSync, writeFileSync } from 'node:fs'

/** How far a process grows, in bytes of resident memory, from now until it is asked (proc(5), `clear_refs` and `VmHWM`). */
export function watchGrowth(pid: number): () => number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5') // the peak begins anew
  const before = resident(pid, 'VmRSS')
  return () => resident(pid, 'VmHWM') - before
}

const resident = (pid: number, field: string): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`, 'u').exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
