/**
 * Membership: which meshes this node is in, who else is, who of them can be reached, and who wants in. Wires its parts
 * and holds no mesh state of its own. Never speaks HTTP: `Transport` carries what it says, `api/peer` hands in what it
 * hears.
 */
import type { DatabaseSync } from 'node:sqlite'
import type {
  AddressProbe,
  AuditLog,
  Health,
  Identity,
  LinkMaker,
  Membership,
  MembershipInbox,
  MeshId,
  NodeId,
  RefusedTo,
  OwnDescription,
  Transport,
} from '../components.ts'
import { FcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { Random } from '../support/random.ts'
import { createEmitter } from '../support/signal.ts'
import { createBlocklist } from './blocklist.ts'
import { createCloneAlarm } from './clone-alarm.ts'
import { createConversation } from './conversation.ts'
import { createDepartures } from './departures.ts'
import { createForgeryNotes } from './forgery-notes.ts'
import { createFormerMeshes } from './former-meshes.ts'
import { createGoverning, isOnlyAdmin, lastAdmin } from './governing.ts'
import { createInbox } from './inbox.ts'
import { createJoining } from './joining.ts'
import type { MemberRecord } from './member-record.ts'
import { memberView, meshView, otherRecords, policyIn, presentMembers, type Viewer } from './member-views.ts'
import { createMeshStore } from './mesh-store.ts'
import { isPresent, type OwnMesh } from './own-mesh.ts'
import { createOwnMeshes } from './own-meshes.ts'
import { createPeerClient } from './peer-client.ts'
import { createRecovery } from './recovery.ts'
import type { RootKeys } from './root-key-file.ts'
import { roundedResources } from './rounded-resources.ts'
import { createStandingWatch } from './standing-watch.ts'
import { createTaskGroup } from './task-group.ts'

/** Longest wait for others to hear that this node leaves a mesh, ms. */
const partingLimit = 1_000
/** Tasks at a time: exchanges of notices, introductions and joins. */
const maxTasks = 4_096
/** How often expired requests are forgotten, ms. */
const sweepInterval = 60_000

export interface MembershipComponents {
  identity: Identity
  transport: Transport
  makeLinks: LinkMaker
  addressProbe: AddressProbe
  /** With `membershipSchema` in place. */
  database: DatabaseSync
  rootKeys: RootKeys
  audit: AuditLog
  health: Health
  refusedTo: RefusedTo
  clock: Clock
  random: Random
  log: Logger
}

export interface RunningMembership extends Membership {
  readonly inbox: MembershipInbox
  /** This node's own key answered at an address, as that instance. */
  metOwnKey(instance: string | undefined): void
}

export function createMembership(components: MembershipComponents): RunningMembership {
  const { identity, transport, makeLinks, addressProbe, database, rootKeys, audit, health, clock, random } = components
  const log = components.log.part('membership')
  const changed = createEmitter()
  const policiesChanged = createEmitter<MeshId>()
  const store = createMeshStore(database)
  const blocklist = createBlocklist({ database, clock })
  const client = createPeerClient({ transport, clock })
  const meshes = createOwnMeshes({ identity, store, rootKeys, clock, log })
  const tasks = createTaskGroup({ log }, { limit: maxTasks })
  const clones = createCloneAlarm({ identity, audit, health, clock, random, nameOf: nameOrId })
  const refusedFrom = createForgeryNotes({ audit, clock, nameOf: nameOrId, meshName: (id) => meshes.get(id)?.name ?? id })
  const viewer: Viewer = { self: identity.id, isBlocked: blocklist.has }
  const conversation = createConversation({
    ...{ identity, transport, makeLinks, meshes, client, tasks, clones, clock, random, log, viewer, refusedFrom },
    isMember: (node) => isMember(node),
    refusedTo: components.refusedTo,
    outdated: renewSoon,
  })
  const { cores, notes, notices, introductions, reachable, contactOf } = conversation
  const former = createFormerMeshes({ store, health })
  const governing = createGoverning({ identity, meshes, rootKeys, clock, tell: notices.spread })
  const recovery = createRecovery({
    ...{ identity, meshes, store, rootKeys, transport, audit, clock, random },
    tell: notices.spread,
    introduce: introductions.soon,
  })
  const joining = createJoining({
    ...{ identity, database, store, meshes, blocklist, client, transport, addressProbe, tasks, audit, health, clock, random },
    described: () => describing,
    entered,
    removalOf: meshes.removalOf,
  })
  const departures = createDepartures({
    ...{ identity, meshes, joining, blocklist, transport, former, tasks, audit, clock },
    isMember: (node) => isMember(node),
    forget: conversation.forget,
  })
  const watch = createStandingWatch({
    ...{ identity, meshes, audit, health, adopted: renewSoon },
    removedFrom: departures.removedFrom,
    removed: departures.removed,
  })
  const inbox = createInbox({
    identity,
    meshes,
    joining: joining.inbox,
    notices,
    introductions,
    accept: conversation.accept,
    clones,
    clock,
    running: () => running,
  })

  let running = false
  let stopping: Promise<void> = Promise.resolve()
  let describing: Promise<void> = Promise.resolve()
  let newest: OwnDescription | null = null
  const ends: (() => void)[] = []
  function nameOf(node: NodeId): string | null {
    const records = meshes.all().flatMap(({ table }) => table.get(node) ?? [])
    return records[0]?.statement.name ?? null
  }

  function nameOrId(node: NodeId): string {
    return nameOf(node) ?? node
  }

  function entered(mesh: MeshId): void {
    former.clear(mesh)
    for (const [node, record] of meshes.required(mesh).table) if (isMember(node, mesh)) learn(record)
    begin(meshes.required(mesh))
    changed.emit()
  }

  /** Takes part in the mesh. */
  function begin(mesh: OwnMesh): void {
    if (running) tasks.run(`begin ${mesh.id}`, () => cores.add(mesh))
  }

  function learn({ statement }: MemberRecord): void {
    if (statement.node !== identity.id) transport.learn(statement.node, statement.addresses, 'record', true)
  }

  function onMerged({ mesh, previous, current }: { mesh: MeshId; previous: MemberRecord | null; current: MemberRecord }): void {
    const { node, name, left } = current.statement
    if (isMember(node, mesh)) learn(current)
    checkAdmins()
    cores.setRecord(mesh, current)
    if (previous === null) notes.refusalsChanged()
    if (left) departures.expel([node])
    if (left && previous?.statement.left === false && node !== identity.id) {
      const subject = { subject: meshes.get(mesh)?.name ?? mesh, subjectId: mesh }
      audit.record({ action: 'mesh.left', actor: name, actorId: node, ...subject, outcome: 'ok' })
    }
    changed.emit()
  }

  const isMember = (node: NodeId, wanted?: MeshId) =>
    !blocklist.has(node) && meshes.all().some((mesh) => (wanted === undefined || mesh.id === wanted) && isPresent(mesh, node))

  /** Signs our record anew where others hold a later one of ours, or it has to carry another admission. */
  function renewSoon(mesh: MeshId): void {
    tasks.run(`renew ${mesh}`, async () => {
      // two machines with one key would outbid each other's record for ever
      if (meshes.get(mesh) && meshes.outdated(mesh) && !clones.isHere()) await meshes.renew(mesh)
    })
  }

  function onRejudged({ previous, current }: { previous: OwnMesh; current: OwnMesh }): void {
    watch.follow(previous, current)
    cores.rejudged(current)
    const isOtherPolicy = previous.policyDigest() !== current.policyDigest()
    if (isOtherPolicy || previous.noticeDigest() !== current.noticeDigest()) notes.noticesChanged()
    if (isOtherPolicy) policiesChanged.emit(current.id)
    notes.refusalsChanged() // a role may be another one
    onStandingChanged()
  }

  function onStandingChanged(): void {
    checkAdmins()
    changed.emit()
  }

  function view(id: MeshId) {
    return meshView(meshes.required(id), viewer, contactOf)
  }

  /** Members named to the user, those that are in no more included. */
  function membersOf(mesh: OwnMesh) {
    const by = meshes.self()
    return otherRecords(mesh, identity.id).map((record) => {
      const { node } = record.statement
      const entry = blocklist.get(node)
      const blocked = entry ? { by, at: entry.at } : null
      return memberView(mesh, record, { contact: contactOf(node), blocked, refused: notes.refusedBy(node, mesh.id) })
    })
  }

  function noteOwn(action: 'mesh.created' | 'mesh.left', mesh: { id: MeshId; name: string }): void {
    const { id: actorId, name: actor } = meshes.self()
    audit.record({ action, actor, actorId, subject: mesh.name, subjectId: mesh.id, outcome: 'ok' })
  }

  function checkAdmins(): void {
    for (const mesh of meshes.all()) watch.warnOfSingleAdmin(mesh)
  }

  function sweepRegularly(): void {
    let cancel = () => undefined as void
    const sweep = () => {
      joining.sweep()
      clones.sweep()
      recovery.seek()
      notes.remind()
      store.saveLastSeen(conversation.takeHeard())
      cancel = clock.after(sweepInterval, sweep)
    }
    cancel = clock.after(sweepInterval, sweep)
    ends.push(() => cancel())
  }

  /** One description after the other; while one is being signed only the newest waits, since each replaces all before it. */
  function describe(self: OwnDescription): void {
    const isWaiting = newest !== null
    newest = self
    if (isWaiting) return
    const renew = async () => {
      if (newest === null) return
      const description = newest
      newest = null
      await meshes.describe(description)
    }
    describing = describing.then(renew).catch((err: unknown) => log.error({ err }, 'The member record could not be renewed.'))
  }

  /** Says the last word to each; those that cannot hear it find out by themselves. */
  async function part(nodes: readonly NodeId[], say: (node: NodeId, options: { signal: AbortSignal; limit: number }) => Promise<unknown>) {
    const options = { signal: new AbortController().signal, limit: partingLimit }
    const said = [...new Set(nodes)].map((node) =>
      say(node, options).catch((error: unknown) => log.debug({ node, err: error }, 'A peer could not be told that this node goes.')),
    )
    await Promise.all(said)
  }

  async function stop(): Promise<void> {
    for (const end of ends.splice(0)) end()
    await Promise.all([conversation.stop(), tasks.end(new FcnError('not_running', 'The node stops.')), describing])
    store.saveLastSeen(conversation.takeHeard())
  }

  return {
    changed,
    inbox,
    metOwnKey: clones.metOwnKey,
    meshes: () => meshes.all().map((mesh) => meshView(mesh, viewer, contactOf)),
    members: () => meshes.all().flatMap(membersOf),
    isMember,
    nameOf,

    describe,
    reportResources: (resources) => notes.reportResources(roundedResources(resources)),
    refusalsChanged: notes.refusalsChanged,

    async createMesh(name) {
      await describing
      const mesh = await meshes.create(name)
      begin(mesh)
      noteOwn('mesh.created', mesh)
      changed.emit()
      return view(mesh.id)
    },
    async leaveMesh(id, { force } = { force: false }) {
      const mesh = meshes.required(id)
      if (!force && isOnlyAdmin(mesh, identity.id) && presentMembers(mesh, viewer).length > 0) throw lastAdmin(mesh)
      const audience = reachable(id)
      const { token } = await meshes.renew(id, true)
      await part(audience, (node, options) => client.sync(node, { mesh: id, records: [token] }, options))
      await cores.drop(id)
      departures.forgetMesh(id, { farewell: true })
      watch.forget(id)
      noteOwn('mesh.left', mesh)
      onStandingChanged()
    },

    setNetwork: cores.setNetwork,
    networkChanged: cores.wake,
    ...joining.calls,

    roleOf(node, id) {
      const standing = isMember(node, id) ? meshes.get(id)?.judgement.of(node) : null
      return standing?.state === 'member' ? standing.role : null
    },
    expelled: departures.expelled,
    blocked: () => blocklist.list(),
    block: (node) => blocklist.block(node, 'peer'),
    unblock: (node) => blocklist.unblock(node),
    async renameMesh(id, name) {
      await governing.rename(id, name)
      return view(id)
    },
    removeMember: (id, node) => governing.remove(id, node),
    setRole: (id, node, role) => governing.setRole(id, node, role),
    policyOf(id, capability) {
      const mesh = meshes.get(id)
      const policy = mesh?.judgement.policies.get(capability)
      return mesh && policy ? policyIn(mesh, policy) : null
    },
    setPolicy: governing.setPolicy,
    policiesChanged,
    exportRecovery: (id, options) => recovery.export(id, options).finally(() => (checkAdmins(), changed.emit())),
    async restoreRecovery(file, passphrase) {
      await describing
      const id = await recovery.restore(file, passphrase)
      entered(id)
      return view(id)
    },

    async start() {
      await stopping
      if (running) return
      for (const { node, lastSeen } of await meshes.load()) conversation.heardBefore(node, lastSeen)
      joining.load()
      former.load()
      for (const mesh of meshes.all()) for (const [node, record] of mesh.table) if (isMember(node)) learn(record)
      checkAdmins()
      for (const mesh of meshes.all()) watch.leaveIfRemoved(mesh)
      ends.push(
        meshes.merged.subscribe(onMerged),
        meshes.rejudged.subscribe(onRejudged),
        blocklist.changed.subscribe((node) => {
          departures.blockChanged(node)
          cores.blockChanged()
          onStandingChanged()
        }),
        joining.changed.subscribe(() => changed.emit()),
        conversation.changed.subscribe(() => changed.emit()),
      )
      tasks.begin()
      running = true
      sweepRegularly()
      const self = meshes.description()
      if (self) describe(self)
      joining.resumeAll()
      recovery.seek()
      await conversation.start()
      changed.emit()
    },
    async stop() {
      if (running) stopping = stop()
      running = false
      await stopping
    },
  }
}
