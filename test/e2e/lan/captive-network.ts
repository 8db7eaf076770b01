import { once } from 'node:events'
import { join } from 'node:path'
import type { Host } from './lab.ts'

const page = join(import.meta.dirname, 'captive-page.ts')
const [plainPort, tlsPort] = [8080, 8443]

/** A router that answers every TCP connection from a card of its own in place of others, and lets nothing else through. */
export interface CaptiveNetwork extends Disposable {
  /** `plain`: a page that leads to login.cafe.example; `tls`: one key for every address. */
  hold(how: 'plain' | 'tls'): Promise<void>
  /** Somebody has signed in: everything is let through. */
  release(): Promise<void>
}

export async function openCaptiveNetwork(router: Host, card: string, address: string): Promise<CaptiveNetwork> {
  const pages = [
    router.spawn(process.execPath, '--disable-warning=ExperimentalWarning', page, String(plainPort), 'login.cafe.example'),
    router.spawn(process.execPath, '--disable-warning=ExperimentalWarning', page, String(tlsPort), 'tls'),
  ]
  await Promise.all(pages.map(async ({ stdout }) => stdout && once(stdout, 'data')))
  return {
    hold: (how) =>
      router.filter(`table ip captive {
        chain catch {
          type nat hook prerouting priority dstnat
          iifname "${card}" ip protocol tcp dnat to ${address}:${how === 'tls' ? tlsPort : plainPort}
        }
        chain between {
          type filter hook forward priority 0
          iifname "${card}" drop
          oifname "${card}" drop
        }
      }`),
    release: () => router.filter('delete table ip captive'),
    [Symbol.dispose]: () => {
      for (const child of pages) child[Symbol.dispose]()
    },
  }
}
