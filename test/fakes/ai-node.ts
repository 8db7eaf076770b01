import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { createAi } from '../../electron/agent/capabilities/ai/ai.ts'
import { createEngineStore, enginesSchema } from '../../electron/agent/capabilities/ai/engines/engine-store.ts'
import { noOwnEngine, type OwnEngine } from '../../electron/agent/capabilities/ai/own-engine.ts'
import { createAiUsage } from '../../electron/agent/capabilities/ai/usage/ai-usage.ts'
import { aiUsageSchema, createUsageStore } from '../../electron/agent/capabilities/ai/usage/usage-store.ts'
import type { CapabilityServer } from '../../electron/agent/capabilities/provider.ts'
import { createMetaStore, metaSchema } from '../../electron/agent/store/meta-store.ts'
import { type Clock, systemClock } from '../../electron/agent/support/clock.ts'
import { createDialGuard } from '../../electron/agent/support/dial-guard.ts'
import { systemRandom } from '../../electron/agent/support/random.ts'
import { createKeptLog } from './kept-log.ts'
import { startBackend } from './backend.ts'

export function emptyAiDatabase(): DatabaseSync {
  const database = new DatabaseSync(':memory:')
  for (const schema of [metaSchema, enginesSchema, aiUsageSchema]) database.exec(schema)
  return database
}

interface AiNodeOptions {
  /** URLs that its owner gave. */
  engines?: readonly string[]
  /** Usual ports at which it looks. */
  ports?: readonly number[]
  own?: OwnEngine
  clock?: Clock
  database?: DatabaseSync
  platform?: NodeJS.Platform
}

/** What makes AI of a node, not started. */
export function createAiNode({ ports = [], own = noOwnEngine(), clock = systemClock, ...options }: AiNodeOptions = {}) {
  const { database = emptyAiDatabase(), platform = 'linux' } = options
  const log = createKeptLog()
  const meta = createMetaStore(database)
  const names = new Map([['PEER', 'mia']])
  const usage = createAiUsage({ store: createUsageStore(database), nameOf: (node) => names.get(node) ?? null, clock, log })
  const parts = { store: createEngineStore(database), meta, usage, own, guard: createDialGuard(), clock, random: systemRandom, log }
  const { provider, engines } = createAi(parts, { platform, ports })
  return { provider, engines, usage, database, log, server: provider.server as CapabilityServer }
}

export interface AskedOptions {
  /** Node id of the peer that asks; absent: a program of this computer. */
  caller?: string
  signal?: AbortSignal
  method?: string
  headers?: Record<string, string>
}

/** The same, running, and reached at a port of its own as routing reaches it inside. Stops with the running test. */
export async function startAiNode({ engines: urls = [], ...options }: AiNodeOptions = {}) {
  const node = createAiNode(options)
  const { engines, server } = node
  await engines.start()
  await server.start()
  for (const url of urls) await engines.add({ url })
  const backend = await startBackend(server.serve)
  onTestFinished(async () => {
    await server.stop()
    await engines.stop()
    await backend.stop()
  })
  const ask = (path: string, body?: unknown, { caller, headers = {}, ...more }: AskedOptions = {}): Promise<Response> =>
    fetch(backend.url + path, {
      method: body === undefined ? 'GET' : 'POST',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      headers: { 'content-type': 'application/json', ...headers, ...(caller !== undefined && { 'x-fcn-caller': caller }) },
      ...more,
    })
  return { ...node, url: backend.url, ask }
}
