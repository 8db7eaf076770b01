import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts'

/** Calls a node and gives what it answers; fails when it does not accept. */
export type Accepted = <N extends CallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>>

const passphrase = 'correct horse battery staple'

/** Every call that is good without anything before it. */
const atOnce = [
  ...(['snapshot.get', 'node.get', 'settings.get', 'key.show', 'page.link', 'mesh.list', 'invite.list', 'join.list'] as const),
  ...(['discovery.list', 'discovery.look', 'discovery.cancel', 'doctor.run', 'request.list', 'peer.list'] as const),
  ...(['capability.list', 'service.list', 'grant.list', 'audit.list', 'audit.verify'] as const),
]

/** What one node can be asked by itself. */
export async function alone(call: Accepted, { echoPort }: { echoPort: number }): Promise<void> {
  for (const name of atOnce) await call(name, {})
  await call('settings.update', { logLevel: 'warn' })

  await call('mesh.create', { name: 'Second' })
  await call('mesh.rename', { mesh: 'Second', name: 'Other' })
  const { file } = await call('mesh.recovery.export', { mesh: 'Other', passphrase })
  await call('mesh.leave', { mesh: 'Other', force: true })
  await call('mesh.recovery.restore', { file, passphrase })
  await call('mesh.leave', { mesh: 'Other', force: true })
  await call('mesh.import', { file: await call('mesh.export', {}) })

  const { token } = await call('sync.token.create', { name: 'box' })
  await call('sync.token.list', {})
  await call('sync.token.revoke', { id: token.id })
  const hub = await call('sync.hub.add', { url: `http://127.0.0.1:${echoPort}`, token: 'x', every: 'off' })
  await call('sync.hub.set', { hub: hub.id, every: 'day' })
  await call('sync.hub.list', {})
  await call('sync.run', {})
  await call('sync.hub.remove', { hub: hub.url })

  const made = await call('invite.create', { note: 'for nobody', uses: 2 })
  await call('invite.read', { invite: made.text })
  await call('invite.revoke', { id: made.invite.id })

  await call('service.share', { name: 'passing', port: echoPort })
  await call('service.unshare', { service: 'passing' })
  await call('capability.set', { name: 'compute', enabled: true, backend: `http://127.0.0.1:${echoPort}` })
  await call('grant.set', { resource: 'capability:compute', rule: 'all' })
}

/** What it can be asked about others; `ghost` is a legacy peer, `mia` a member. */
export async function withPeers(call: Accepted, { ghost }: { ghost: string }): Promise<void> {
  await call('peer.forget', { peer: ghost })
  await call('grant.except', { resource: 'capability:compute', peer: 'mia', allow: true })
  await call('member.setRole', { peer: 'mia', role: 'admin' })
  await call('member.setRole', { peer: 'mia', role: 'member' })
  await call('peer.block', { peer: 'mia' })
  await call('peer.unblock', { peer: 'mia' })
  await call('member.remove', { peer: 'mia' })
}

/** `newcomer` asks `admin` twice: it is turned down, then let in; both answer every call on the way. */
export async function joining(admin: Accepted, newcomer: Accepted, { url, until }: JoiningWith): Promise<void> {
  await newcomer('join.check', { url })
  const refused = await newcomer('join.start', { url })
  await admin('request.reject', { id: await until(async () => (await admin('request.list', {}))[0]?.id) })
  await newcomer('join.list', {})
  await newcomer('join.cancel', { id: refused.id })
  const { id } = await newcomer('join.start', { url })
  await admin('request.approve', { id: await until(async () => (await admin('request.list', {}))[0]?.id) })
  await newcomer('join.confirm', { id })
}

interface JoiningWith {
  /** Of the admin. */
  url: string
  until: <T>(ask: () => Promise<T | undefined>) => Promise<T>
}
