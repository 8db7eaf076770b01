import type { Snapshot } from '../../contract/snapshot.ts'
import type { AliasOf } from './aliases.ts'
import { maskHost, maskUrl } from './mask-address.ts'
import { type Report, systemInterface } from './report.ts'

/** The network of this computer, with addresses by their kind only. */
export function buildNetwork({ node, network, discovered }: Snapshot, aliasOf: AliasOf): Report['network'] {
  const { portMapping } = node
  return {
    port: node.port,
    movedFrom: node.movedFromPort,
    urls: node.urls.map((url) => maskUrl(url, aliasOf)),
    metered: node.metered,
    portMapping: portMapping.state,
    portMappingProblem: portMapping.state === 'failed' ? portMapping.why : null,
    interfaces: network.interfaces.map(({ name, kind, ignored, addresses, discovery, heard }) => ({
      // a name that somebody gave tells of them
      interface: systemInterface.test(name) ? name : aliasOf('interface', name),
      ...{ kind, ignored, addresses: addresses.map((address) => maskHost(address, aliasOf)), discovery, heard },
    })),
    discovered: Object.keys(discovered).length,
  }
}
