import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** A session bus with nobody on it: nothing is started by it, and nothing of this machine's desktop can be reached. */
export interface PrivateBus {
  /** For DBUS_SESSION_BUS_ADDRESS. */
  readonly address: string
  stop(): Promise<void>
}

/** Longest wait for the daemon to say where it listens, ms. */
const startLimit = 10_000

export const hasDbusDaemon = (): boolean => spawnSync('dbus-daemon', ['--version'], { stdio: 'ignore' }).status === 0

const configuration = (folder: string) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=${folder}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`

export async function startPrivateBus(): Promise<PrivateBus> {
  const folder = mkdtempSync(join(tmpdir(), 'fcn-bus-'))
  const file = join(folder, 'bus.conf')
  writeFileSync(file, configuration(folder))
  const daemon = spawn('dbus-daemon', [`--config-file=${file}`, '--nofork', '--nopidfile', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const gone = new Promise<void>((resolve) => {
    daemon.once('exit', () => resolve())
    daemon.once('error', () => resolve())
  })
  const stop = async () => {
    daemon.kill('SIGTERM')
    await gone
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const lines = createInterface({ input: daemon.stdout })
    const address = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(new Error('dbus-daemon ended before it listened.')))
      AbortSignal.timeout(startLimit).addEventListener('abort', () => reject(new Error('dbus-daemon did not say where it listens.')))
    })
    return { address, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
