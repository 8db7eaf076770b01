import { execFileSync } from 'node:child_process'
import { type Host, type Lab, whyNoLab } from './lab.ts'

/** What the router of a home does with the connections that leave it. */
export interface HomeOptions {
  /** First three numbers of the addresses at home, `192.168.1`; the router is `.1`. Homes may have the same ones. */
  addresses: string
  /** The one address of the home in the internet, `203.0.113.11`. */
  outside: string
  /** Which port a connection gets outside: the one it has at home, or any, another for each (a symmetric NAT). */
  ports: 'kept' | 'random'
  /** A connection that is silent for so long is forgotten, and what comes of it later is lost, s. As Linux has it (5 days) when absent. */
  forgetsAfter?: number
  /** The LAN outside, `internet` when absent. */
  at?: string
}

/** A LAN behind a router that lets connections out and none in. */
export interface Home {
  readonly router: Host
  /** A new host in it, with this last number of its address. */
  member(name: string, last: number): Promise<Host>
}

const wan = 'wan'

/** Opens a home whose router is connected to the LAN `at`. */
export async function openHome(
  lab: Lab,
  name: string,
  { addresses, outside, ports, forgetsAfter, at = 'internet' }: HomeOptions,
): Promise<Home> {
  await lab.lan(name)
  const router = await lab.host(`${name}-router`)
  await router.plug(name, 'home', `${addresses}.1/24`)
  await router.plug(at, wan, `${outside}/24`)
  await router.ip('route', 'add', 'default', 'dev', wan)
  await router.filter(natRules(ports))
  if (forgetsAfter !== undefined) await router.run('sh', '-c', forgetting(forgetsAfter))
  await router.forward()
  return {
    router,
    async member(member, last) {
      const host = await lab.host(member)
      await host.plug(name, 'eth0', `${addresses}.${last}/24`)
      await host.ip('route', 'add', 'default', 'via', `${addresses}.1`)
      return host
    },
  }
}

/** A host with an address of its own in the internet and no filter. */
export async function openServer(lab: Lab, name: string, address: string, at = 'internet'): Promise<Host> {
  const host = await lab.host(name)
  await host.plug(at, 'eth0', `${address}/24`)
  // what it sends to the address of somebody's home is lost, as on the internet
  await host.ip('route', 'add', 'default', 'dev', 'eth0')
  return host
}

/** What was forgotten is not picked up again from the middle. */
const forgetting = (seconds: number): string =>
  `cd /proc/sys/net/netfilter && echo 0 > nf_conntrack_tcp_loose && echo ${seconds} > nf_conntrack_tcp_timeout_established`

const natRules = (ports: HomeOptions['ports']): string => `table ip home {
  chain out {
    type nat hook postrouting priority srcnat
    oifname "${wan}" masquerade ${ports === 'random' ? 'random,fully-random' : ''}
  }
  chain between {
    type filter hook forward priority 0; policy drop
    ct state invalid drop
    oifname "${wan}" ip daddr { 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 } drop
    ct state established,related accept
    iifname "home" oifname "${wan}" accept
  }
  chain in {
    type filter hook input priority 0; policy drop
    iifname { "lo", "home" } accept
    ct state established,related accept
  }
}`

/** Why there can be no homes here; null when they can. */
export function whyNoHomes(): string | null {
  const why = whyNoLab()
  if (why !== null) return why
  const probe = `fcn-home-${process.pid}`
  const inProbe = (...args: string[]) => execFileSync('ip', ['netns', 'exec', probe, ...args], { stdio: 'pipe' })
  try {
    execFileSync('ip', ['netns', 'add', probe], { stdio: 'pipe' })
    inProbe('nft', natRules('random'))
    inProbe('sh', '-c', forgetting(20))
    return null
  } catch (error) {
    return `needs nftables with address translation: ${(error as Error).message.trim().split('\n').at(-1) ?? ''}`.trim()
  } finally {
    execFileSync('ip', ['netns', 'del', probe], { stdio: 'pipe' })
  }
}
