import type { FastifyInstance } from 'fastify'
import type { SyncTokenView } from '../../../contract/hub-sync.ts'
import { maxMeshFile, meshFile } from '../../../contract/mesh-file.ts'
import type { RouterApiComponents } from './components.ts'
import { createSyncCheck } from './key-check.ts'
import { routerCall } from './router-call.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** With which token the caller syncs; null: with the API key. */
    syncToken: SyncTokenView | null
  }
}

const sync = routerCall(
  {
    id: 'syncMesh',
    summary: 'Merge a mesh.json and get the merged one back',
    access: 'sync',
    body: { schema: meshFile },
    fails: ['not_running'],
  },
  meshFile,
)

/**
 * Hub sync: a script or node posts its whole mesh.json (`Authorization: Bearer <sync token or API key>`) and gets the merged
 * one back. In a scope of its own, because a sync token opens this call and no other.
 */
export function addMeshSync(api: FastifyInstance, components: RouterApiComponents, synced: () => void): void {
  const { meshFiles, syncUse, log } = components
  const checkSync = createSyncCheck(components)
  api.decorateRequest('syncToken', null)
  api.addHook('onRequest', (request, _reply, done) => {
    request.syncToken = checkSync(request)
    done()
  })
  api.post('/mesh/sync', { ...sync, bodyLimit: maxMeshFile }, async (request) => {
    const { added, updated, skipped } = await meshFiles.import(meshFile.parse(request.body), { policies: false }) // whoever has a key is no admin
    synced()
    log.info({ added, updated, skipped: skipped.length }, 'Merged a mesh.json.')
    syncUse.synced(request.caller, request.syncToken, { added, updated, skipped: skipped.length })
    return meshFiles.export(null)
  })
}
