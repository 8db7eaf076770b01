/** Whether the router lets the internet in, as far as it was asked to. Pure. */
import type { Finding } from '../../contract/discovery.ts'
import type { PortMappingView } from '../../contract/port-mapping.ts'
import { mappingWords } from '../network/port-mapping/mapping-words.ts'
import { authority } from '../support/authority.ts'

export function mappingFindings(view: PortMappingView): Finding[] {
  const id = 'port-mapping'
  switch (view.state) {
    case 'off':
      return []
    case 'asking': {
      const text = 'It has a few seconds to answer.'
      return [{ id, state: 'unknown', title: 'The router is being asked for a port', text, action: 'Look again.', command: null }]
    }
    case 'mapped': {
      const place = authority(view.address, view.port)
      const text = `It leads ${place} to this node, as ${view.by} says. Whether anything on the way stops it, only a peer elsewhere can tell.`
      return [{ id, state: 'ok', title: 'The router lets the internet reach this node', text, action: null, command: null }]
    }
    case 'failed':
      return [{ id, state: view.why === 'own_public' ? 'info' : 'problem', ...mappingWords(view), command: null }]
  }
}
