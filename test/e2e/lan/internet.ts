import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually } from '../../support/eventually.ts'
import { type Host, type Lab, openLab } from './lab.ts'
import { type Resident, settle } from './resident.ts'

/** A laboratory with a LAN that plays the internet, and whoever lives in its hosts. */
export interface Internet extends AsyncDisposable {
  readonly lab: Lab
  /** Starts nodes in hosts. */
  settle(hosts: readonly Host[], options?: Parameters<typeof settle>[2]): Promise<Resident[]>
}

export async function openInternet(): Promise<Internet> {
  const lab = await openLab()
  await lab.lan('internet')
  const folder = await mkdtemp(join(tmpdir(), 'fcn-internet-'))
  const residents: Resident[] = []
  return {
    lab,
    settle: (hosts, options) =>
      Promise.all(
        hosts.map(async (host) => {
          const resident = await settle(host, join(folder, options?.name ?? host.name), options)
          residents.push(resident)
          return resident
        }),
      ),
    async [Symbol.asyncDispose]() {
      await Promise.all(residents.map((resident) => resident[Symbol.asyncDispose]()))
      await lab[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Makes a mesh at a node that then relays for it. */
export async function foundHub(hub: Resident, mesh: string): Promise<void> {
  await hub.fcn('create', mesh)
  await relayHere(hub)
}

/** Makes a hub of an admin's node. */
export const relayHere = (node: Resident): Promise<unknown> => node.fcn('hub', 'on')

/** Makes an invite at a node, with which others join, and waits until all of them are online for each other. */
export async function letInByInvite(inviter: Resident, joiners: readonly Resident[], role = 'member'): Promise<void> {
  const { text } = await inviter.fcn<{ text: string }>('invite', '--uses', String(joiners.length), '--role', role)
  await Promise.all(joiners.map((joiner) => joiner.fcn('join', text)))
  await untilOnline([inviter, ...joiners], 40_000)
}

/** Waits until each sees all others online. */
export const untilOnline = (residents: readonly Resident[], limit = 20_000): Promise<true> =>
  eventually(
    'all are online',
    async () => {
      const lists = await Promise.all(residents.map((resident) => resident.call('peer.list')))
      const missing = lists.flatMap((peers, index) =>
        residents
          .filter(({ name }, other) => other !== index && peers.find((peer) => peer.name === name)?.state !== 'online')
          .map(({ name }) => `${residents[index]?.name} does not see ${name}`),
      )
      if (missing.length > 0) throw new Error(missing.join(', '))
      return true as const
    },
    limit,
  )

/** Waits until a peer is reached this way, and resolves with the hub's name; null when it is direct. */
export const untilPath = async (from: Resident, to: Resident, kind: 'direct' | 'relayed', limit = 20_000): Promise<string | null> => {
  const path = await eventually(
    `${from.name} reaches ${to.name}: ${kind}`,
    async () => {
      const { path, state } = (await from.peer(to.name)) ?? {}
      if (state === 'online' && path?.kind === kind) return path
      throw new Error(JSON.stringify({ state, path }))
    },
    limit,
  )
  return path.kind === 'relayed' ? path.hub.name : null
}
