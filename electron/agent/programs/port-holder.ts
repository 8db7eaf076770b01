import { readdir, readFile, readlink } from 'node:fs/promises'
import type { PortHolder } from '../../contract/programs.ts'
import { toolOutput } from '../support/tool-output.ts'
import { holderFromLsof, listeningInodes, nameFromTasklist, pidFromNetstat } from './holder-tools.ts'

/** Longest look through the processes, ms: their number has no bound. */
const lookLimit = 2_000
const longestName = 100

/** Which program listens on a port; null where the system does not tell this user, or nobody listens. Never throws. */
export async function portHolder(port: number, platform: NodeJS.Platform = process.platform): Promise<PortHolder | null> {
  const found = await holderOn(platform, port)
  return found && { pid: found.pid, name: found.name.trim().slice(0, longestName) }
}

async function holderOn(platform: NodeJS.Platform, port: number): Promise<PortHolder | null> {
  switch (platform) {
    case 'linux':
      return linuxHolder(port)
    case 'win32':
      return windowsHolder(port)
    default:
      return holderFromLsof((await toolOutput('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'])) ?? '')
  }
}

async function windowsHolder(port: number): Promise<PortHolder | null> {
  const pid = pidFromNetstat((await toolOutput('netstat', ['-ano', '-p', 'TCP'])) ?? '', port)
  if (pid === null) return null
  const name = nameFromTasklist((await toolOutput('tasklist', ['/FI', `PID eq ${pid}`, '/FO', 'CSV', '/NH'])) ?? '')
  return name === null ? null : { pid, name }
}

/** The sockets of other users' processes cannot be read: null then. */
async function linuxHolder(port: number): Promise<PortHolder | null> {
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const sockets = new Set(tables.flatMap((table) => listeningInodes(table, port)).map((inode) => `socket:[${inode}]`))
  if (sockets.size === 0) return null
  const until = performance.now() + lookLimit
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (performance.now() > until) return null
    if (/^\d+$/u.test(entry) && (await holds(entry, sockets))) return { pid: Number(entry), name: await nameOf(entry) }
  }
  return null
}

async function holds(pid: string, sockets: ReadonlySet<string>): Promise<boolean> {
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []) // another user's, or it has ended
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')))
  return targets.some((target) => sockets.has(target))
}

const nameOf = (pid: string) => readFile(`/proc/${pid}/comm`, 'utf8').catch(() => 'a program')
