/**
 * A network laboratory on one Linux machine: hosts are network namespaces, LANs are bridges in a namespace of their own,
 * cables are veth pairs. Nothing of it touches the machine's own network. Needs root and `ip` (iproute2).
 */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'

const run = promisify(execFile)
const ip = async (...args: string[]) => (await run('ip', args)).stdout

/** Why there can be no laboratory here; null when there can. */
export function whyNoLab(): string | null {
  if (process.platform !== 'linux') return 'needs Linux'
  if (process.getuid?.() !== 0) return 'needs root'
  const probe = `fcn-probe-${process.pid}`
  try {
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'pipe' })
    execFileSync('ip', ['netns', 'del', probe], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `needs network namespaces: ${(error as Error).message.split('\n').at(-1) ?? ''}`.trim()
  }
}

/** Why packets cannot be filtered here; null when they can. */
export function whyNoFilter(): string | null {
  const why = whyNoLab()
  if (why !== null) return why
  const probe = `fcn-filter-${process.pid}`
  try {
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'pipe' })
    for (const table of [randomLoss('lo', 20), 'table ip nat {\nchain c {\ntype nat hook prerouting priority dstnat\n}\n}'])
      execFileSync('ip', ['netns', 'exec', probe, 'nft', table], { stdio: 'pipe' })
    return null
  } catch (error) {
    return `needs nftables: ${(error as Error).message.trim().split('\n').at(-1) ?? ''}`.trim()
  } finally {
    execFileSync('ip', ['netns', 'del', probe], { stdio: 'pipe' })
  }
}

/** Rules for a host whose card loses so many of a hundred packets that arrive. */
export const randomLoss = (card: string, percent: number): string =>
  `table netdev loss {\nchain arriving {\ntype filter hook ingress device "${card}" priority 0\nnumgen random mod 100 < ${percent} drop\n}\n}`

export interface Host {
  readonly name: string
  /** Name of the namespace, for `ip netns exec`. */
  readonly namespace: string
  /** Plugs a cable into a LAN, with these addresses (`10.1.0.2/24`). The card is called `card`. */
  plug(lan: string, card: string, ...addresses: string[]): Promise<void>
  /** Pulls the cable out of the card for good; it can be plugged in elsewhere. */
  unplug(card: string): Promise<void>
  /** Runs `ip` in the host. */
  ip(...args: string[]): Promise<string>
  /** Runs a program in the host; resolves with its stdout. */
  run(file: string, ...args: string[]): Promise<string>
  /** Starts a program in the host that runs until it is disposed of. */
  spawn(file: string, ...args: string[]): ChildProcess & Disposable
  /** Hands commands to `nft` in the host. */
  filter(commands: string): Promise<void>
  /** Lets packets for others through, as a router does. */
  forward(): Promise<void>
}

export interface Lab extends AsyncDisposable {
  lan(name: string): Promise<void>
  host(name: string): Promise<Host>
}

export async function openLab(): Promise<Lab> {
  const prefix = `fcn${randomBytes(3).toString('hex')}`
  const wires = `${prefix}-wires`
  const namespaces = [wires]
  let cables = 0
  await ip('netns', 'add', wires)

  return {
    async lan(name) {
      // no spanning tree, no snooping: a bridge as a cheap switch has it, open at once
      await ip('-n', wires, 'link', 'add', name, 'type', 'bridge', 'mcast_snooping', '0', 'forward_delay', '0')
      await ip('-n', wires, 'link', 'set', name, 'up')
    },

    async host(name) {
      const namespace = `${prefix}-${name}`
      await ip('netns', 'add', namespace)
      namespaces.push(namespace)
      await ip('-n', namespace, 'link', 'set', 'lo', 'up')
      const inHost = (...args: string[]) => ip('-n', namespace, ...args)
      return {
        name,
        namespace,
        ip: inHost,
        run: async (file, ...args) =>
          (await run('ip', ['netns', 'exec', namespace, file, ...args], { maxBuffer: 16 * 1024 * 1024 })).stdout,
        spawn: (file, ...args) =>
          disposable(spawn('ip', ['netns', 'exec', namespace, file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })),
        filter: async (commands) => void (await run('ip', ['netns', 'exec', namespace, 'nft', commands])),
        forward: async () => void (await run('ip', ['netns', 'exec', namespace, 'sh', '-c', 'echo 1 > /proc/sys/net/ipv4/ip_forward'])),
        unplug: async (card) => void (await inHost('link', 'del', card)),
        async plug(lan, card, ...addresses) {
          const cable = `c${cables++}`
          await ip('-n', wires, 'link', 'add', cable, 'type', 'veth', 'peer', 'name', card, 'netns', namespace)
          await ip('-n', wires, 'link', 'set', cable, 'master', lan, 'up')
          for (const address of addresses) await inHost('addr', 'add', address, 'dev', card, ...(address.includes(':') ? ['nodad'] : []))
          await inHost('link', 'set', card, 'addrgenmode', addresses.some((each) => each.includes(':')) ? 'eui64' : 'none')
          await inHost('link', 'set', card, 'up')
        },
      }
    },

    async [Symbol.asyncDispose]() {
      for (const namespace of namespaces.toReversed()) await ip('netns', 'del', namespace)
    },
  }
}

const disposable = (child: ChildProcess) => Object.assign(child, { [Symbol.dispose]: () => void child.kill('SIGKILL') })

/** For the title of tests that need the laboratory: why they are skipped. */
export const skipped = (missing: string | null): string => (missing === null ? '' : ` (skipped: ${missing})`)
