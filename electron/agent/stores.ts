import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { DatabaseSync } from 'node:sqlite'
import { auditChainSchema, auditSchema } from './audit/audit-schema.ts'
import { modelFilesSchema } from './capabilities/ai/embedded/model-file-store.ts'
import { enginesSchema } from './capabilities/ai/engines/engine-store.ts'
import { aiUsageSchema } from './capabilities/ai/usage/usage-store.ts'
import { capabilitiesSchema, capabilityConditionsSchema, capabilityLimitsSchema } from './capabilities/capability-store.ts'
import type { Identity, SettingsStore } from './components.ts'
import { defaultName } from './default-name.ts'
import { FcnError } from './errors.ts'
import { identityFile, openIdentity } from './identity/identity.ts'
import { createKeyFiles, type KeyFiles } from './identity/key-files.ts'
import { carryOutRenewal, endRenewal } from './identity/renewal.ts'
import { grantsSchema } from './grants/grant-store.ts'
import { legacySchema } from './legacy/legacy-store.ts'
import { syncSchema } from './legacy/sync/sync-schema.ts'
import { membershipSchema, trustSchema } from './membership/mesh-store.ts'
import type { NodeOptions } from './node.ts'
import { hubSchema } from './relay/hub-store.ts'
import { policyOverridesSchema } from './policies/override-store.ts'
import { routesSchema } from './route-log/route-table.ts'
import { serviceLimitsSchema, servicesSchema } from './services/service-store.ts'
import { openControlToken } from './store/control-token.ts'
import { prepareDataDir } from './store/data-dir.ts'
import { openDatabase } from './store/database.ts'
import { createMetaStore, type MetaStore, metaSchema } from './store/meta-store.ts'
import type { Random } from './support/random.ts'
import { addressBookSchema } from './transport/address-book.ts'

/** Each entry brings the database from one version to the next; each part brings its own tables. */
const migrations = [
  [metaSchema, auditSchema, membershipSchema, addressBookSchema, legacySchema, servicesSchema, capabilitiesSchema].join('\n'),
  [trustSchema, grantsSchema, auditChainSchema].join('\n'),
  [policyOverridesSchema, capabilityLimitsSchema].join('\n'),
  routesSchema,
  serviceLimitsSchema,
  syncSchema,
  hubSchema,
  capabilityConditionsSchema,
  [enginesSchema, aiUsageSchema, modelFilesSchema].join('\n'),
]

/** All that a node keeps on disk, open and checked. */
export interface Stores {
  identity: Identity
  /** How private keys are read and written here. */
  keyFiles: KeyFiles
  settings: SettingsStore
  database: DatabaseSync
  meta: MetaStore
  /** The control token of the local API. */
  token: string
}

/**
 * Opens everything in the data folder. The database comes first: its lock keeps a second node from making another key
 * or changing settings beside the first. Throws `already_running`, `unreadable_database`, `unreadable_key`,
 * `key_protected`, `unreadable_settings`; nothing is replaced then.
 */
export async function openStores(
  { dataDir, openSettings, chosen, keyVault }: Pick<NodeOptions, 'dataDir' | 'openSettings' | 'chosen' | 'keyVault'>,
  random: Random,
): Promise<Stores> {
  prepareDataDir(dataDir)
  const hasKey = existsSync(identityFile(dataDir))
  const database = openDatabase(join(dataDir, 'node.db'), migrations, { usedBefore: hasKey })
  try {
    const meta = createMetaStore(database)
    const open = () => openSettings(dataDir, { name: defaultName() })
    // settings that are there are read first, so that they are named when they are what is broken; new ones are written
    // after the key, so that a first start that was cut off does not look like a node that has lost its key
    const kept = existsSync(join(dataDir, 'settings.json')) ? open() : null
    const { isNew } = await carryOutRenewal({ database, meta }, dataDir)
    const usedBefore = !isNew && (meta.get('node_id') !== null || kept !== null)
    let settings = kept
    const keyFiles = createKeyFiles({ store: keyVault }, { wraps: () => settings?.get().protectKeys ?? true })
    const identity = await openIdentity(dataDir, { usedBefore, keyFiles })
    bindToIdentity(meta, identity, dataDir)
    endRenewal(meta)
    settings ??= open()
    if (chosen?.name !== undefined && chosen.name !== settings.get().name) settings.update({ name: chosen.name })
    return { identity, keyFiles, settings, database, meta, token: await openControlToken(dataDir, random) }
  } catch (error) {
    database.close()
    throw error
  }
}

/** Members, admissions and requests in a database belong to one key; with another they would be lies. */
function bindToIdentity(meta: MetaStore, { id }: Identity, dataDir: string): void {
  const bound = meta.get('node_id')
  if (bound === null) meta.set('node_id', id)
  else if (bound !== id) {
    throw new FcnError('unreadable_key', `The key in ${dataDir} is that of node ${id}, but the database there belongs to node ${bound}.`, {
      action: 'Put back the key that belongs to this folder (identity.key), or move node.db away to start with an empty one.',
    })
  }
}
