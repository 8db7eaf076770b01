import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Host, whyNoFilter } from './lab.ts'

/** Why no router can be asked for a port here; null when one can. */
export function whyNoRouter(): string | null {
  const why = whyNoFilter()
  if (why !== null) return why
  try {
    execFileSync('sh', ['-c', 'command -v miniupnpd && command -v curl'], { stdio: 'pipe', env: path })
    return null
  } catch {
    return 'needs miniupnpd (for nftables) and curl'
  }
}

const path = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin` }

interface Speaks {
  natPmp: boolean
  upnp: boolean
  /** It says that it is of the first version of UPnP's gateways, as most are. */
  first?: boolean
}

/** A home's router: masquerades, lets nothing in but what miniupnpd maps. Cards `home0` (10.1.0.1) and `wan0`. */
export interface HomeRouter extends AsyncDisposable {
  /** Starts miniupnpd anew; what it had mapped is gone. */
  speak(how: Speaks): Promise<void>
  silence(): void
  /** Where ports lead that are mapped now, e.g. `3000 10.1.0.2:3000`. */
  mapped(): Promise<string[]>
}

export async function openHomeRouter(router: Host): Promise<HomeRouter> {
  const folder = await mkdtemp(join(tmpdir(), 'fcn-router-'))
  let daemon: Disposable | null = null
  await router.forward()
  const silence = () => {
    daemon?.[Symbol.dispose]()
    daemon = null
  }
  return {
    silence,
    async speak({ natPmp, upnp, first = false }) {
      silence()
      await router.filter(rules)
      const file = join(folder, 'miniupnpd.conf')
      await writeFile(file, configuration({ natPmp, upnp }))
      const words = ['miniupnpd', ...(first ? ['-1'] : []), '-d', '-f', file, '-P', join(folder, 'pid')].join(' ')
      daemon = router.spawn('sh', '-c', `PATH=$PATH:/usr/sbin exec ${words} >/dev/null 2>&1`)
    },
    async mapped() {
      const text = await router.run('nft', 'list chain inet filter prerouting_miniupnpd')
      return Array.from(text.matchAll(/dport (\d+) dnat ip to (\S+)/gu), ([, port, target]) => `${port} ${target}`)
    },
    async [Symbol.asyncDispose]() {
      silence()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** Chains by the names that miniupnpd uses; made anew each time. */
const rules = `table inet filter {}
delete table inet filter
table inet filter {
  chain forward {
    type filter hook forward priority 0
    policy drop
    ct state established,related accept
    iifname "home0" accept
    jump miniupnpd
  }
  chain prerouting {
    type nat hook prerouting priority -100
    jump prerouting_miniupnpd
  }
  chain postrouting {
    type nat hook postrouting priority 100
    jump postrouting_miniupnpd
    oifname "wan0" masquerade
  }
  chain miniupnpd {}
  chain prerouting_miniupnpd {}
  chain postrouting_miniupnpd {}
}`

const configuration = ({ natPmp, upnp }: Pick<Speaks, 'natPmp' | 'upnp'>) => `ext_ifname=wan0
listening_ip=home0
enable_natpmp=${natPmp ? 'yes' : 'no'}
enable_upnp=${upnp ? 'yes' : 'no'}
secure_mode=yes
ipv6_disable=yes
uuid=3d3cc3e4-0000-4000-8000-000000000001
allow 1024-65535 10.1.0.0/24 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
`
