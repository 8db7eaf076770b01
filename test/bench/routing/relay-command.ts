/** How to start a relay (relay-process.ts) that knows these peers. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Identity } from '../../../electron/agent/components.ts'
import { createTestIdentity } from '../../fakes/test-identity.ts'
import { nodeCommand } from './pinned-process.ts'
import type { RelayOptions } from './relay-process.ts'
import type { OfferingPeer } from './static-view.ts'

interface Relay {
  port: number
  peers: OfferingPeer[]
  /** A new one when absent. */
  identity?: Identity
  /** What SIGUSR2 begins and ends; a CPU profile when absent. */
  observe?: RelayOptions['observe']
}

/** Writes what it is into `folder`; what is observed comes there, too. */
export async function relayCommand(folder: string, { port, peers, identity, observe = 'profile' }: Relay): Promise<string[]> {
  const { id, publicKey, tls } = identity ?? (await createTestIdentity())
  const options: RelayOptions = { port, id, publicKey, tls, peers, observe, observation: observationIn(folder) }
  const file = join(folder, 'relay.json')
  writeFileSync(file, JSON.stringify(options), { mode: 0o600 })
  return nodeCommand(join(import.meta.dirname, 'relay-process.ts'), [file])
}

/** The file that the second SIGUSR2 makes it write. */
export const observationIn = (folder: string): string => join(folder, 'observation.json')
