import type { DatabaseSync } from 'node:sqlite'
import { type MeshFile, type MeshFileNode, meshFile } from '../../contract/mesh-file.ts'
import type { LegacyPeers, Membership, MeshFiles, NodeId, ResourceMeter, SelfDescription } from '../components.ts'
import { FcnError, toFcnError } from '../errors.ts'
import type { Clock } from '../support/clock.ts'
import { buildMeshFile, mergeMeshFiles } from './mesh-file.ts'
import { legacyNode, memberNode, selfNode } from './mesh-file-view.ts'

interface MeshFilesComponents {
  database: DatabaseSync
  id: NodeId
  self: () => SelfDescription
  membership: Pick<Membership, 'meshes' | 'members'>
  legacyPeers: Pick<LegacyPeers, 'list' | 'register'>
  resources: Pick<ResourceMeter, 'current'>
  clock: Clock
}

const emptyFile: MeshFile = { nodes: [] }

/** Keeps all that others wrote into mesh.json (policies, routes, fields nobody here knows), so that it comes out again. */
export function createMeshFiles(components: MeshFilesComponents): MeshFiles {
  const { id, self, membership, legacyPeers, resources, clock } = components
  const document = createDocument(components.database)

  const isKnownHere = (node: MeshFileNode) => node.id === id || membership.members().some(({ nodeId }) => nodeId === node.id)

  return {
    export(mesh) {
      const { meshes, members } = { meshes: membership.meshes(), members: membership.members() }
      const chosen = mesh === null ? members : members.filter(({ meshId }) => meshId === mesh)
      const once = new Map(chosen.map((member) => [member.nodeId, memberNode(member)]))
      return buildMeshFile(
        document.read(),
        {
          meshName: meshes.find((each) => mesh === null || each.id === mesh)?.name,
          nodes: [selfNode(id, self(), resources.current(), clock.now()), ...once.values(), ...legacyPeers.list().map(legacyNode)],
        },
        clock.now(),
      )
    },

    async import(file) {
      const outcome: Awaited<ReturnType<MeshFiles['import']>> = { added: 0, updated: 0, skipped: [] }
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
      document.write(mergeMeshFiles(document.read(), file))
      return outcome
    },
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
