import type { DatabaseSync } from 'node:sqlite'
import { type MeshFile, type MeshFileNode, meshFile } from '../../contract/mesh-file.ts'
import { type CapabilityName, capabilityNames } from '../../contract/capability.ts'
import type { PolicyRules } from '../../contract/routing.ts'
import type { LegacyPeers, Membership, MeshFiles, MeshId, NodeId, Policies, ResourceMeter, SelfDescription } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
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

    async import(file, options) {
      const outcome: Outcome = { added: 0, updated: 0, skipped: [], policies: { taken: [], kept: [] } }
      for (const node of file.nodes) {
        if (isKnownHere(node)) continue
        try {
          const added = await takeIn(node)
          outcome[added ? 'added' : 'updated'] += 1
        } catch (thrown) {
          const error = toFcnError(thrown)
          if (error.code === 'own_address') continue // this node under the name another one gave it
          outcome.skipped.push({ name: node.name.slice(0, 64), problem: error.toFailure() })
        }
      }
      if (options.policies) outcome.policies = await decideAs(file)
      document.write(mergeMeshFiles(document.read(), file))
      return outcome
    },
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

  async function takeIn({ name, url, capabilities }: MeshFileNode): Promise<boolean> {
    if (url === undefined || url === '') {
      throw new FcnError('invalid_input', 'This node has no URL in the file, so that it cannot be asked.')
    }
    return (await legacyPeers.register({ url, name, capabilities, foundVia: 'import' })).added
  }
}

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
    write: (file: MeshFile) => void upsert.run(JSON.stringify(file)),
  }
}
