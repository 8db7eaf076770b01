import { describe, expect, it, onTestFinished } from 'vitest'
import { freePort } from '../../../../support/free-port.ts'
import { eventually } from '../../../../support/eventually.ts'
import { createAiNode, emptyAiDatabase } from '../../../../fakes/ai-node.ts'
import { startFakeEngine } from '../../../../fakes/ai/fake-engine.ts'
import { createFakeClock, type FakeClock } from '../../../../fakes/fake-clock.ts'

async function fake(options: Parameters<typeof startFakeEngine>[0] = {}) {
  const engine = await startFakeEngine(options)
  onTestFinished(engine.stop)
  return engine
}

/** A node whose AI runs in virtual time; what it asks of engines takes real time. */
async function startNode(options: Parameters<typeof createAiNode>[0] = {}) {
  const clock = createFakeClock()
  const node = createAiNode({ clock, ...options })
  await node.engines.start()
  await node.server.start()
  onTestFinished(async () => {
    await node.server.stop()
    await node.engines.stop()
  })
  return { ...node, clock }
}

/** Lets virtual time pass, step by step (ms), until it is so. */
const inTime = (what: string, clock: FakeClock, ask: () => boolean, step = 2_000) =>
  eventually(
    what,
    async () => {
      if (ask()) return true
      await clock.advance(step)
      return false
    },
    5_000,
  )

describe('engines of this computer', () => {
  it('are found by themselves, and their models with them', async () => {
    const [a, b] = [await fake({ kind: 'ollama', models: [{ name: 'm' }] }), await fake({ kind: 'llamacpp', models: [{ name: 'n' }] })]
    const { engines, server, clock } = await startNode({ ports: [a.port, b.port] })
    await inTime('both are found', clock, () => engines.list().length === 2)
    expect(engines.list()).toMatchObject([
      { kind: 'ollama', name: 'Ollama', origin: 'found', state: 'ready', hasKey: false, version: '0.30.1', models: [{ name: 'm' }] },
      { kind: 'llamacpp', name: 'llama.cpp', origin: 'found', state: 'ready', models: [{ name: 'n' }] },
    ])
    expect(server.status()).toEqual({ ok: true, detail: '2 engines, 2 models' })
    expect(engines.models().models.map(({ name }) => name)).toEqual(['m', 'n'])
    await engines.stop()
    expect(engines.list()).toEqual([])
  })

  it('are looked for at once when the capability is switched on, or a person wants to know', async () => {
    const port = await freePort()
    const { engines, server, clock } = await startNode({ ports: [port] })
    await inTime('the place was looked at', clock, () => server.status() !== null, 100)
    await fake({ kind: 'ollama', port })
    await server.start()
    const before = clock.monotonic()
    await inTime('it is found', clock, () => engines.list().length === 1, 100)
    expect(clock.monotonic() - before).toBeLessThan(2_000)
  })

  it('that start later are found soon', async () => {
    const port = await freePort()
    const { server, clock } = await startNode({ ports: [port] })
    await inTime('the place was looked at', clock, () => server.status() !== null)
    expect(server.status()).toMatchObject({ ok: false, problem: { code: 'backend_failed', details: { reason: 'no_engine' } } })
    await fake({ kind: 'ollama', port })
    const before = clock.monotonic()
    await inTime('it is found', clock, () => server.status()?.ok === true)
    expect(clock.monotonic() - before).toBeLessThan(30_000)
  })

  it.each([
    ['within a minute', 70_000, false],
    ['at once when somebody looks', 10_000, true],
  ])('that start after a long silence are found %s', async (_when, limit, isLookedAt) => {
    const port = await freePort()
    const { engines, server, clock } = await startNode({ ports: [port] })
    await inTime('the place was looked at', clock, () => server.status() !== null)
    for (let looks = 0; looks < 50; looks++) {
      await clock.advance(60_000)
      await new Promise((resolve) => setImmediate(resolve))
    }
    await fake({ kind: 'ollama', port })
    const before = clock.monotonic()
    if (isLookedAt) engines.look()
    await inTime('it is found', clock, () => server.status()?.ok === true, 500)
    expect(clock.monotonic() - before).toBeLessThan(limit)
  })

  it('that end are a problem soon, are well again when they are back, and are forgotten in the end', async () => {
    const first = await fake({ kind: 'ollama' })
    const { engines, clock } = await startNode({ ports: [first.port] })
    await inTime('it is found', clock, () => engines.list().length === 1)
    await first.stop()
    await inTime('it is missed', clock, () => engines.list()[0]?.state === 'problem')
    expect(engines.list()).toMatchObject([{ name: 'Ollama', models: [], problem: { code: 'backend_failed' } }])
    const again = await fake({ kind: 'ollama', port: first.port })
    await inTime('it is back', clock, () => engines.list()[0]?.state === 'ready')
    await again.stop()
    await inTime('it is forgotten', clock, () => engines.list().length === 0, 20_000)
  })

  it('say on each system how to get one where there is none', async () => {
    for (const [platform, word] of [
      ['linux', 'install.sh'],
      ['darwin', 'brew'],
      ['win32', 'winget'],
      ['freebsd', 'ollama.com'],
    ] as const) {
      const { server } = await startNode({ platform })
      expect(server.status()).toMatchObject({ problem: { action: expect.stringContaining(word) as unknown } })
    }
  })

  it('say so when one runs without a model', async () => {
    const engine = await fake({ kind: 'ollama', models: [] })
    const { server, engines } = await startNode()
    await engines.add({ url: engine.url })
    expect(server.status()).toMatchObject({
      ok: false,
      problem: { message: 'Ollama runs, but has no models.', details: { reason: 'no_model' } },
    })
  })
})

describe('an engine whose address was given', () => {
  it('is asked at once, with its key, which nobody is shown', async () => {
    const engine = await fake({ key: 'sk-secret' })
    const { engines, database } = await startNode()
    const view = await engines.add({ url: `${engine.url}/v1/`, key: 'sk-secret', name: 'Big one' })
    expect(view).toMatchObject({
      name: 'Big one',
      url: engine.url,
      origin: 'given',
      hasKey: true,
      state: 'ready',
      models: [{ name: 'tiny' }],
    })
    expect(JSON.stringify(engines.list())).not.toContain('sk-secret')
    expect(createAiNode({ database }).engines.list()).toMatchObject([{ name: 'Big one', hasKey: true }])
  })

  it('is kept although it does not answer, and says why', async () => {
    const { engines } = await startNode()
    const view = await engines.add({ url: `http://127.0.0.1:${await freePort()}` })
    expect(view).toMatchObject({ state: 'problem', problem: { code: 'backend_failed' } })
    expect(engines.list()).toHaveLength(1)
  })

  it('is there once: again it is a conflict, and in place of one that was found', async () => {
    const engine = await fake({ kind: 'ollama' })
    const { engines, clock } = await startNode({ ports: [engine.port] })
    await inTime('it is found', clock, () => engines.list().length === 1)
    await engines.add({ url: engine.url, name: 'Mine' })
    expect(engines.list()).toMatchObject([{ name: 'Mine', origin: 'given' }])
    await expect(engines.add({ url: engine.url })).rejects.toMatchObject({ code: 'conflict' })
    await engines.remove('mine')
    await inTime('it is found again', clock, () => engines.list()[0]?.origin === 'found')
  })

  it('is removed by name, address or id; one that was found is not', async () => {
    const [a, b] = [await fake(), await fake({ kind: 'ollama' })]
    const { engines, clock } = await startNode({ ports: [b.port] })
    for (const reference of [a.url, `${a.url}/v1`, 'One', null]) {
      const { id } = await engines.add({ url: a.url, name: 'One' })
      expect(await engines.remove(reference ?? id)).toMatchObject({ id })
    }
    await expect(engines.remove('One')).rejects.toMatchObject({ code: 'not_found' })
    await inTime('the other is found', clock, () => engines.list().length === 1)
    await expect(engines.remove('Ollama')).rejects.toMatchObject({ code: 'invalid_input' })
  })

  it('cannot be one of too many, nor an address that is none', async () => {
    const node = createAiNode()
    for (let number = 0; number < 16; number++) node.server.give(new URL(`http://127.0.0.1:${20_000 + number}`))
    await expect(node.engines.add({ url: 'http://127.0.0.1:30000' })).rejects.toMatchObject({ code: 'too_many' })
    await expect(node.engines.add({ url: 'ftp://h' })).rejects.toMatchObject({ code: 'invalid_input' })
    await expect(node.engines.add({ url: 'http://169.254.169.254' })).rejects.toMatchObject({ code: 'refused_address' })
  })

  it('in the way of before is one more engine, unless it is found by itself', () => {
    const database = emptyAiDatabase()
    const { server, engines } = createAiNode({ database, ports: [11_434] })
    server.give(new URL('http://127.0.0.1:11434'))
    server.give(new URL('http://192.0.2.7:8000/v1'))
    server.give(new URL('http://192.0.2.7:8000/v1'))
    expect(engines.list().map(({ url, origin }) => [url, origin])).toEqual([['http://192.0.2.7:8000', 'given']])
    expect(createAiNode({ database }).engines.list()).toHaveLength(1)
  })

  it('rests when the node stops, however often it is told to', async () => {
    const engine = await fake()
    const { engines, server, clock } = await startNode()
    await engines.add({ url: engine.url })
    await server.stop()
    await engines.stop()
    await engines.stop()
    expect(clock.pending).toBe(0)
    await engines.start()
    await engines.start()
    expect(clock.pending).toBeLessThanOrEqual(1)
  })
})
