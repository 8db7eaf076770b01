import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { createDiagnostics } from '../../../../electron/agent/diagnostics/diagnostics.ts'
import { createLogger } from '../../../../electron/agent/support/logger.ts'
import { type Diagnostics, diagnosticsSectionId, diagnosticsText } from '../../../../electron/contract/diagnostics.ts'
import type { Diagnosis } from '../../../../electron/contract/discovery.ts'
import { snapshot as schema, type Snapshot } from '../../../../electron/contract/snapshot.ts'
import { createFakeClock } from '../../../fakes/fake-clock.ts'
import { diagnosis, discovered, network } from '../../../fixtures/discovery.ts'
import { gone } from '../../../fixtures/household-peers.ts'
import { busy } from '../../../fixtures/snapshot.ts'

interface Sources {
  snapshot?: Snapshot
  diagnosis?: Diagnosis | Error
  log?: string[]
  secrets?: string[]
}

function collect(sources: Sources): Promise<Diagnostics> {
  const { snapshot = busy({ network, discovered }), diagnosis: found = diagnosis, log = [], secrets = [] } = sources
  return createDiagnostics({
    ...{ clock: createFakeClock(Date.UTC(2026, 10, 22, 9, 41)), log: createLogger('error', { write: () => undefined }) },
    snapshot: () => snapshot,
    doctor: { run: () => (found instanceof Error ? Promise.reject(found) : Promise.resolve(found)) },
    lastLogLines: () => Promise.resolve(log),
    secrets: () => secrets,
    salt: 'salt',
  })()
}

const written = (msg: string, facts: object = {}) => JSON.stringify({ level: 'info', time: '2026-11-22T09:40:00.000Z', ...facts, msg })
const full = () => busy({ network, discovered, peers: { ...busy().peers, ...Object.fromEntries(gone.map((peer) => [peer.id, peer])) } })

/**
 * The snapshot with a word of its own in the place of every text that the contract leaves free: names, ids, addresses,
 * messages. What the contract restricts (states, codes) stays.
 */
function planted(state: Snapshot): { snapshot: Snapshot; words: string[] } {
  const words: string[] = []
  const plant = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const word = `plant${words.length}hunter`
      words.push(word)
      return word
    }
    if (Array.isArray(value)) return value.map(plant)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plant(inner)]))
  }
  const wild = plant(state) as Record<string, unknown>
  for (;;) {
    const result = schema.safeParse(wild)
    if (result.success) return { snapshot: result.data, words }
    for (const { path } of result.error.issues) restore(wild, state, path)
  }
}

/** Puts one value back as it was. */
function restore(wild: unknown, original: unknown, path: readonly PropertyKey[]): void {
  const [key, ...rest] = path as [string, ...string[]]
  const target = wild as Record<string, unknown>
  const source = original as Record<string, unknown>
  // a union says only which whole does not fit
  if (rest.length === 0) target[key] = source[key]
  else restore(target[key], source[key], rest)
}

describe('the diagnostics', () => {
  it('have every section, and what helps: versions, states, codes, kinds of addresses', async () => {
    const bundle = await collect({ snapshot: full(), log: [written('The node is running.', { port: 3000 })] })
    expect(bundle.fileName).toBe('fcn-diagnostics-2026-11-22-09-41.txt')
    expect(bundle.sections.map(({ id }) => id)).toEqual(diagnosticsSectionId.options)
    const text = diagnosticsText(bundle)
    for (const part of [
      ...['version: 0.1.0', 'os: Ubuntu 26.04', 'state: attention', 'port: 3001', 'discovery: failed', 'ignoredInterfaces: usual'],
      ...['https://192.168.x.x:3000', 'lastError: timeout', 'system: Windows', 'finding: firewall', 'warning: port_moved'],
      '2026-11-22T09:40:00.000Z info  The node is running. port=3000',
    ])
      expect(text).toContain(part)
  })

  it('let no free text of the state out, whatever stands in it', async () => {
    const { snapshot, words } = planted(full())
    expect(words.length).toBeGreaterThan(300)
    const text = diagnosticsText(await collect({ snapshot }))
    expect(words.filter((word) => text.includes(word))).toEqual([])
    expect(text).not.toContain('hunter')
  })

  it('let no name, id, address or path of the state out by way of the log or a finding', async () => {
    const state = full()
    const known = knownIn(state)
    expect(known.length).toBeGreaterThan(50)
    const sentences = known.map((word) => `It met ${word} there.`)
    const findings = sentences.map((text, index) => ({
      ...{ id: `reached-${known[index] ?? ''}`, state: 'problem' as const, title: text, text, action: text, command: text },
    }))
    const log = sentences.flatMap((text) => [
      written(text, { name: text, code: text, err: { message: text, stack: `Error: ${text}\n    at open (/home/mia/x.js:1:2)` } }),
    ])
    const text = diagnosticsText(await collect({ snapshot: state, diagnosis: { at: 0, findings }, log }))
    expect(text).toContain('It met')
    expect(known.filter((word) => leaks(text, word))).toEqual([])
  })

  it('let no key or token in use out, wherever it got to', async () => {
    const secrets = ['k3y-in_use', 'tok', 'Xy9+/a==', 'hub token']
    const log = secrets.flatMap((secret) => [
      written(`Refused ${secret}.`, { reason: secret, code: secret, call: secret, err: { message: `bad ${secret}`, code: secret } }),
    ])
    const findings = secrets.map((secret) => ({
      ...(diagnosis.findings[0] as (typeof diagnosis.findings)[number]),
      text: `It has ${secret} in it.`,
    }))
    const text = diagnosticsText(await collect({ log, secrets, diagnosis: { at: 0, findings } }))
    expect(text).toContain('Refused [secret].')
    expect(secrets.filter((secret) => leaks(text, secret))).toEqual([])
  })

  it('have no audit log, no grants and no limits by name', async () => {
    const text = diagnosticsText(await collect({}))
    expect(text).not.toMatch(/audit\.|actor|exceptions|concurrent/u)
  })

  it('come without findings when the doctor fails', async () => {
    const { sections } = await collect({ diagnosis: new Error('no way') })
    expect(sections.find(({ id }) => id === 'findings')?.text).toBe('none')
  })

  it('are collected once for all who ask at the same time', async () => {
    let asked = 0
    const run = createDiagnostics({
      ...{ clock: createFakeClock(), log: createLogger('error', { write: () => undefined }), snapshot: () => busy(), salt: '' },
      doctor: { run: () => Promise.resolve(diagnosis) },
      lastLogLines: () => Promise.resolve((asked++, [])),
      secrets: () => [],
    })
    const [first, second] = await Promise.all([run(), run()])
    expect(first).toBe(second)
    await run()
    expect(asked).toBe(2)
  })

  it('are the same contract that the page reads', async () => {
    const { diagnostics } = await import('../../../../electron/contract/diagnostics.ts')
    expect(z.safeParse(diagnostics, await collect({})).success).toBe(true)
  })
})

/** Names, ids, hosts and paths that a person would not want to hand on. */
function knownIn({ node, peers, meshes, services, requests, invites, blocked, discovered: found, joins }: Snapshot): string[] {
  const named = [node, ...Object.values(peers), ...Object.values(meshes), ...Object.values(services), ...Object.values(blocked)]
  const hosts = [...node.urls, ...Object.values(peers).flatMap(({ addresses }) => addresses.map(({ url }) => url))]
  return [
    ...new Set([
      ...[...named, ...Object.values(found), ...Object.values(requests).map((each) => each.node)].flatMap(({ id, name }) => [id, name]),
      ...Object.values(invites).flatMap(({ note }) => note ?? []),
      ...Object.values(joins).flatMap(({ approver }) => approver?.name ?? []),
      ...hosts.flatMap((url) => (/^https?:/u.test(url) ? [url, new URL(url).hostname] : [])),
      node.dataDir,
    ]),
  ]
}

/** Whether the word stands in the text as a word of its own. */
const leaks = (text: string, word: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}])${word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`)}(?![\\p{L}\\p{N}])`, 'iu').test(text)
