import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../../support/eventually.ts'
import type { Host } from './lab.ts'

const programs = ['dbus-daemon', 'avahi-daemon', 'avahi-browse', 'avahi-publish']

/** Why avahi cannot take part; null when it can. */
export function whyNoAvahi(): string | null {
  try {
    execFileSync('which', programs, { stdio: 'pipe' })
    return null
  } catch {
    return 'needs avahi-daemon, avahi-utils and dbus'
  }
}

/** Another implementation of mDNS in a host, on a message bus of its own. */
export interface Avahi extends AsyncDisposable {
  /** What `avahi-browse` resolves: one list of fields per interface and family. */
  browse(type: string): Promise<string[][]>
  publish(name: string, type: string, port: number, texts: string[]): Promise<void>
}

const kinds = ['method_call', 'signal', 'method_return', 'error']
const everythingAllowed = ['user="*"', 'own="*"', ...kinds.flatMap((kind) => [`send_type="${kind}"`, `receive_type="${kind}"`])]
  .map((rule) => `<allow ${rule}/>`)
  .join('')
const busConfig = (socket: string) =>
  `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN" "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>system</type><listen>unix:path=${socket}</listen><auth>EXTERNAL</auth><policy context="default">${everythingAllowed}</policy></busconfig>`

export async function startAvahi(host: Host): Promise<Avahi> {
  const folder = await mkdtemp(join(tmpdir(), 'fcn-avahi-'))
  const socket = join(folder, 'bus')
  const env = { ...process.env, DBUS_SYSTEM_BUS_ADDRESS: `unix:path=${socket}` }
  const children: ChildProcess[] = []
  const start = (file: string, ...args: string[]) => {
    const child = spawn('ip', ['netns', 'exec', host.namespace, file, ...args], { env, stdio: 'ignore' })
    children.push(child)
    return child
  }
  const inHost = (...args: string[]) =>
    execFileSync('ip', ['netns', 'exec', host.namespace, ...args], { env, encoding: 'utf8', timeout: 10_000, stdio: 'pipe' })

  await writeFile(join(folder, 'bus.conf'), busConfig(socket))
  await writeFile(join(folder, 'avahi.conf'), `[server]\nhost-name=${host.name}\n[publish]\npublish-workstation=no\n`)
  start('dbus-daemon', `--config-file=${join(folder, 'bus.conf')}`, '--nofork')
  await eventually('the bus is there', () => execFileSync('test', ['-S', socket]) !== null)
  // a /run of its own: there can be one pid file
  const daemon = `exec avahi-daemon -f ${join(folder, 'avahi.conf')} --no-drop-root --no-chroot --no-rlimits`
  start('sh', '-c', `mount -t tmpfs tmpfs /run && ${daemon}`)
  await eventually('avahi answers', () => inHost('avahi-browse', '-pt', '_nothing._tcp') !== null)
  return {
    browse: async (type) =>
      inHost('avahi-browse', '-rpt', type)
        .split('\n')
        .filter((line) => line.startsWith('='))
        .map((line) => line.split(';')),
    async publish(name, type, port, texts) {
      start('avahi-publish', '-s', name, type, String(port), ...texts)
    },
    async [Symbol.asyncDispose]() {
      for (const child of children.toReversed()) {
        const ended = new Promise((resolve) => child.once('exit', resolve))
        if (child.exitCode === null && child.signalCode === null) {
          child.kill('SIGKILL')
          await ended
        }
      }
      await rm(folder, { recursive: true, force: true })
    },
  }
}
