import type { Health } from '../components.ts'
import type { LegacyPeer } from './legacy-peer.ts'

const code = 'legacy_open'

/** Keeps the user warned of old nodes that accept the well-known key, as long as there are any. */
export function warnOfOpenPeers(health: Health, peers: LegacyPeer[]): void {
  const open = peers.filter(({ record }) => record.openToAnyone).map(({ record }) => record.name)
  if (open.length === 0) {
    health.clear(code)
    return
  }
  const names = open.slice(0, 5).join(', ') + (open.length > 5 ? ` and ${open.length - 5} more` : '')
  health.raise({
    code,
    severity: 'warning',
    title: 'A legacy peer is open to anyone',
    text: `The well-known key that every such node comes with opens: ${names}.`,
    action: 'Set another ROUTER_AUTH_KEY there, then join it again with that key.',
  })
}
