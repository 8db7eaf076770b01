import type { CallHandlers, UrlCheck } from '../../contract/calls.ts'
import type { JoinView, MeshView, PeerView } from '../../contract/snapshot.ts'
import type { LegacyPeers, Membership, MeshFiles } from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { resolveReference } from './reference.ts'

type MeshCalls = Pick<
  CallHandlers,
  | 'mesh.list' | 'mesh.create' | 'mesh.leave' | 'mesh.export' | 'mesh.import'
  | 'join.check' | 'join.start' | 'join.list' | 'join.confirm' | 'join.cancel'
  | 'request.list' | 'request.approve' | 'request.reject'
> // prettier-ignore

interface MeshCallsComponents {
  clock: Clock
  membership: Membership
  legacy: LegacyPeers
  meshFiles: MeshFiles
  checkUrl: (url: string) => Promise<UrlCheck>
}

export function meshCalls({ clock, membership, legacy, meshFiles, checkUrl }: MeshCallsComponents): MeshCalls {
  const mesh = (reference: string) =>
    resolveReference(membership.meshes(), reference, { noun: 'mesh', named: (each: MeshView) => ({ ids: [each.id], name: each.name }) })

  const request = (reference: string) =>
    resolveReference(membership.requests(), reference, {
      noun: 'request',
      named: (each) => ({ ids: [each.id, each.node.id], name: each.node.name }),
    })

  const join = (reference: string) =>
    resolveReference(membership.joins(), reference, {
      noun: 'join',
      named: (each) => ({ ids: [each.id, each.url], name: each.approver?.name ?? each.url }),
    })

  return {
    'mesh.list': () => membership.meshes(),
    'mesh.create': ({ name }) => membership.createMesh(name),
    'mesh.leave': async ({ mesh: reference, force }) => {
      const { id, name } = mesh(reference)
      await membership.leaveMesh(id, { force })
      return { id, name }
    },
    'mesh.export': ({ mesh: reference }) => meshFiles.export(reference === undefined ? null : mesh(reference).id),
    'mesh.import': ({ file }) => meshFiles.import(file, { policies: true }),

    'join.check': ({ url }) => checkUrl(url),
    'join.start': async (target) => {
      if ('invite' in target) return membership.startJoin(target)
      const { url, mesh: wanted, node, key } = target
      const check = await checkUrl(url)
      if (check.kind === 'node') return membership.startJoin({ url: check.url, mesh: wanted, node })
      if (check.kind !== 'legacy') throw notJoinable(check)
      if (key === undefined) throw keyNeeded(check)
      return joinOfLegacy(await legacy.join(check.url, key), clock.now())
    },
    'join.list': () => membership.joins(),
    'join.confirm': ({ id, code }) => membership.confirmJoin(join(id).id, code),
    'join.cancel': async ({ id, codesDiffer }) => {
      await membership.cancelJoin(join(id).id, { codesDiffer })
      return {}
    },

    'request.list': () => membership.requests(),
    'request.approve': ({ id, code, role }) =>
      membership.approveRequest(request(id).id, { ...(role !== undefined && { role }), ...(code !== undefined && { code }) }),
    'request.reject': ({ id, never, codesDiffer }) => membership.rejectRequest(request(id).id, { never, codesDiffer }),
  }
}

function notJoinable({ url, problem }: UrlCheck): FcnError {
  if (problem) return new FcnError(problem.code, problem.message, { action: problem.action })
  return new FcnError('unreachable', `Nothing answers at ${url}.`, { action: 'Is the computer on, and is the port right?' })
}

function keyNeeded({ url }: UrlCheck): FcnError {
  return new FcnError('unauthorized', `${url} is an older node, which lets others in by its API key.`, {
    action: 'Give its key (--key, or the key field). Its traffic is not encrypted.',
  })
}

/** An old node has no approval: registering there with its key is the whole join. */
function joinOfLegacy(peer: PeerView, now: number): JoinView {
  return {
    id: peer.id,
    url: peer.id,
    state: 'joined',
    code: null,
    confirmed: true,
    approver: { id: peer.id, name: peer.name },
    mesh: null,
    problem: null,
    createdAt: now,
  }
}
