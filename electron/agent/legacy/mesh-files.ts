import type { DatabaseSync } from 'node:sqlite'
import { type MeshFile, type MeshFileNode, meshFile } from '../../contract/mesh-file.ts'
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import type { PolicyRules } from '../../contract/routing.ts'
import type { LegacyPeers, Membership, MeshFiles, MeshId, NodeId, Policies, ResourceMeter, SelfDescription } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { transaction } from '../support/transaction.ts'
import { createTurns } from '../support/turns.ts'
import { buildMeshFile, mergeMeshFiles } from './mesh-file.ts'
import { meshOfFile, rulesOfFile, withDecided } from './mesh-file-policies.ts'
import { legacyNode, memberNode, selfNode } from './mesh-file-view.ts'

interface MeshFilesComponents {
  database: DatabaseSync
  id: NodeId
  self: () => SelfDescription
  membership: Pick<Membership, 'meshes' | 'members' | 'policyOf'>
  policies: Pick<Policies, 'setForMesh'>
  legacyPeers: Pick<LegacyPeers, 'list' | 'register'>
  resources: Pick<ResourceMeter, 'current'>
  clock: Clock
}

type Outcome = Awaited<ReturnType<MeshFiles['import']>>

const emptyFile: MeshFile = { nodes: [] }

/** Keeps all that others wrote into mesh.json (policies, routes, fields nobody here knows), so that it comes out again. */
export function createMeshFiles(components: MeshFilesComponents): MeshFiles {
  const { id, self, membership, policies, legacyPeers, resources, clock } = components
  const document = createDocument(components.database)
  const inTurn = createTurns() // what one import has checked, another must not change before it is written

  const isKnownHere = (node: MeshFileNode) => node.id === id || membership.members().some(({ nodeId }) => nodeId === node.id)

  return {
    export(mesh) {
      const { meshes, members } = { meshes: membership.meshes(), members: membership.members() }
      const chosen = mesh === null ? members : members.filter(({ meshId }) => meshId === mesh)
      const once = new Map(chosen.map((member) => [member.nodeId, memberNode(member)]))
      const named = meshes.find((each) => mesh === null || each.id === mesh)
      const others = document.read()
      return buildMeshFile(
        { ...others, policies: withDecided(others.policies ?? {}, named ? decidedIn(named.id) : new Map()) },
        {
          meshName: named?.name,
          nodes: [selfNode(id, self(), resources.current(), clock.now()), ...once.values(), ...legacyPeers.list().map(legacyNode)],
        },
        clock.now(),
      )
    },

    import: (file, options) =>
      inTurn(async () => {
        document.check(mergeMeshFiles(document.read(), file))
        const outcome: Outcome = { added: 0, updated: 0, skipped: [], policies: { taken: [], kept: [] } }
        for (const { node, added, error } of await takeAllIn(file.nodes.filter((each) => !isKnownHere(each)))) {
          if (error === null) outcome[added ? 'added' : 'updated'] += 1
          else if (error.code !== 'own_address') outcome.skipped.push({ name: node.name.slice(0, 64), problem: error.toFailure() })
        }
        if (options.policies) outcome.policies = await decideAs(file)
        document.write(mergeMeshFiles(document.read(), file))
        return outcome
      }),
  }

  function decidedIn(mesh: MeshId): Map<CapabilityName, PolicyRules | null> {
    return new Map(
      capabilityNames.flatMap((capability) => {
        const policy = membership.policyOf(mesh, capability)
        return policy ? [[capability, policy.rules]] : []
      }),
    )
  }

  /** Each capability by itself: one that cannot be decided keeps no other from it. */
  async function decideAs(file: MeshFile): Promise<Outcome['policies']> {
    const outcome: Outcome['policies'] = { taken: [], kept: [] }
    for (const [capability, rules] of rulesOfFile(file)) {
      try {
        if (rules instanceof FcnError) throw rules
        await policies.setForMesh(meshOfFile(file, membership.meshes()).id, capability, rules)
        outcome.taken.push(capability)
      } catch (thrown) {
        outcome.kept.push({ capability, problem: toFcnError(thrown).toFailure() })
      }
    }
    return outcome
  }

  /** All in one transaction: a thousand syncs of the disk, one after the other, would hold up everything else. */
  async function takeAllIn(nodes: MeshFileNode[]): Promise<{ node: MeshFileNode; added: boolean; error: FcnError | null }[]> {
    const taken: Promise<{ node: MeshFileNode; added: boolean; error: FcnError | null }>[] = []
    transaction(components.database, () => {
      for (const node of nodes) {
        taken.push(
          takeIn(node).then(
            (added) => ({ node, added, error: null }),
            (thrown: unknown) => ({ node, added: false, error: toFcnError(thrown) }),
          ),
        )
      }
    })
    return Promise.all(taken)
  }

  async function takeIn({ name, url, capabilities }: MeshFileNode): Promise<boolean> {
    if (url === undefined || url === '') {
      throw new FcnError('invalid_input', 'This node has no URL in the file, so that it cannot be asked.')
    }
    return (await legacyPeers.register({ url, name, capabilities, foundVia: 'import' })).added
  }
}

/** What others wrote is kept up to this size, characters of JSON, however many fields they invent. */
const maxDocument = 4 * 1024 * 1024
const maxDepth = 64

function createDocument(database: DatabaseSync) {
  const select = database.prepare('SELECT document FROM mesh_files WHERE id = 1')
  const upsert = database.prepare(
    'INSERT INTO mesh_files (id, document) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document',
  )
  return {
    read: () => {
      const row = select.get() as { document: string } | undefined
      return row === undefined ? emptyFile : meshFile.parse(JSON.parse(row.document))
    },
    /** Throws `too_large` or `invalid_input` for what cannot be kept. */
    check: (file: MeshFile) => void storable(file),
    write: (file: MeshFile) => void upsert.run(storable(file)),
  }
}

function storable(file: MeshFile): string {
  if (isDeeperThan(maxDepth, file)) throw new FcnError('invalid_input', 'The fields of the mesh.json are nested too deeply.')
  const text = JSON.stringify(file)
  if (text.length <= maxDocument) return text
  throw new FcnError('too_large', `The merged mesh.json would be larger than ${maxDocument / 1024 / 1024} MB.`, {
    action: 'Leave fields out of it that no node needs.',
  })
}

/** Writing a value as JSON ends in a stack overflow when it is nested some thousand levels deep; reading it does not. */
function isDeeperThan(levels: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return levels === 0 || Object.values(value).some((each) => isDeeperThan(levels - 1, each))
}
