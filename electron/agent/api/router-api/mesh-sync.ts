import type { FastifyInstance } from 'fastify'
import { meshFile } from '../../../contract/mesh-file.ts'
import type { RouterApiComponents } from './components.ts'
import { routerCall } from './router-call.ts'

const sync = routerCall(
  {
    id: 'syncMesh',
    summary: 'Merge a mesh.json and get the merged one back',
    body: { schema: meshFile },
    fails: ['not_running'],
  },
  meshFile,
)

const maxFile = 8 * 1024 * 1024

/** Hub sync: their update script posts its whole mesh.json (`Authorization: Bearer <key>`) and gets the merged one back. */
export function addMeshSync(api: FastifyInstance, { meshFiles, audit, log }: RouterApiComponents, synced: () => void): void {
  api.post('/mesh/sync', { ...sync, bodyLimit: maxFile }, async (request) => {
    const { added, updated, skipped } = await meshFiles.import(meshFile.parse(request.body), { policies: false }) // whoever has the key is no admin
    synced()
    log.info({ added, updated, skipped: skipped.length }, 'Merged a mesh.json.')
    audit.record({
      action: 'mesh.synced',
      actor: 'Router API key',
      actorId: request.caller.address,
      outcome: 'ok',
      details: { added, updated, skipped: skipped.length },
    })
    return meshFiles.export(null)
  })
}
