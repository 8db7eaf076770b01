import type { Dialog } from './dialog-store.ts'

/** What helps against a health warning: a dialog, or the screen where a person can look further. */
export type WarningHelp =
  | { verb: 'askAgain' | 'manageMesh' | 'newIdentity'; dialog: Dialog }
  | { verb: 'openPeers' | 'openDoctor' | 'openActivity' | 'openSettings' | 'openCapabilities'; screen: string; dialog?: never }

/** By the code of the warning; what follows a colon names the mesh, node or capability it is about. */
export function helpFor(code: string): WarningHelp | null {
  const colon = code.indexOf(':')
  const kind = colon === -1 ? code : code.slice(0, colon)
  const about = colon === -1 ? '' : code.slice(colon + 1)
  switch (kind) {
    case 'removed_from':
      return { verb: 'askAgain', dialog: { kind: 'join' } }
    case 'single_admin':
      return { verb: 'manageMesh', dialog: { kind: 'mesh', meshId: about } }
    case 'cloned_here':
      return { verb: 'newIdentity', dialog: { kind: 'renew-identity' } }
    case 'cloned':
      return { verb: 'openPeers', screen: `/peers/${encodeURIComponent(about)}` }
    case 'requests_dropped':
      return { verb: 'openPeers', screen: '/peers' }
    case 'codes_differed':
    case 'audit_failed':
      return { verb: 'openActivity', screen: '/activity' }
    case 'no_network':
    case 'captive_portal':
    case 'peers_unreachable':
    case 'discovery_fails':
    case 'port_mapping_fails':
      return { verb: 'openDoctor', screen: '/settings/doctor' }
    case 'port_moved':
    case 'sync_failing':
      return { verb: 'openSettings', screen: '/settings' }
    default:
      if (kind.startsWith('capability_')) return { verb: 'openCapabilities', screen: '/capabilities' }
      return kind.startsWith('keys_') ? { verb: 'openSettings', screen: '/settings' } : null
  }
}
