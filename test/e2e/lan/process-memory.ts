import { closeSync, openSync, readFileSync, readSync } from 'node:fs'

const window = 4 * 1024 * 1024

/** How often each of the patterns is in the memory of a running process (proc(5)); needs root. */
export function countInMemory(pid: number, patterns: readonly Buffer[]): number[] {
  const counts = patterns.map(() => 0)
  const longest = Math.max(...patterns.map(({ length }) => length))
  const buffer = Buffer.alloc(window)
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const { start, end } of residentAreas(pid)) {
      for (let at = start; at < end;) {
        const length = Math.min(window, end - at)
        const seen = buffer.subarray(0, readAt(memory, buffer, length, at))
        // what begins in the last bytes is counted in the next window, which begins with them
        const overlap = at + length < end ? longest - 1 : 0
        patterns.forEach((pattern, index) => (counts[index] = (counts[index] ?? 0) + countIn(seen, pattern, length - overlap)))
        at += length - overlap
      }
    }
  } finally {
    closeSync(memory)
  }
  return counts
}

/** How often it begins before `end`. */
export function countIn(bytes: Buffer, pattern: Buffer, end = bytes.length): number {
  let count = 0
  for (let at = bytes.indexOf(pattern); at !== -1 && at < end; at = bytes.indexOf(pattern, at + 1)) count += 1
  return count
}

function readAt(memory: number, buffer: Buffer, length: number, at: number): number {
  try {
    return readSync(memory, buffer, 0, length, at)
  } catch {
    return 0 // freed since the list was made
  }
}

/** Readable areas of which something is in memory. */
function residentAreas(pid: number): { start: number; end: number }[] {
  const areas: { start: number; end: number }[] = []
  let area: { start: number; end: number } | null = null
  for (const line of readFileSync(`/proc/${pid}/smaps`, 'utf8').split('\n')) {
    const [, start = '', end = '', rights = '', name = ''] = /^([0-9a-f]+)-([0-9a-f]+) (\S+) \S+ \S+ \d+ *(.*)$/u.exec(line) ?? []
    if (start !== '')
      area = rights.startsWith('r') && !name.startsWith('[v') ? { start: parseInt(start, 16), end: parseInt(end, 16) } : null
    else if (area !== null && /^Rss: +[1-9]/u.test(line)) areas.push(area)
  }
  return areas
}
