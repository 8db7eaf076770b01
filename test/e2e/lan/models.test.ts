/** A cable is pulled while a model of another host answers: the program has its answer from elsewhere, or hears the truth. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualWords } from '../../fakes/ai/speaker.ts'
import { eventually } from '../../support/eventually.ts'
import { type Host, type Lab, openLab, skipped, whyNoLab } from './lab.ts'
import { letIn } from './let-in.ts'
import { type Resident, settle } from './resident.ts'

const missing = whyNoLab()
const program = join(import.meta.dirname, '../../support/engine-program.ts')
const enginePort = 9_000
/** From the pulled cable to the word of it, ms: two seconds, and what a busy machine takes beside. */
const limit = 3_000

/** Thinks for two seconds, then says a word every 100 ms. */
const order = (host: string, models: readonly string[]) =>
  JSON.stringify({
    kind: 'openai',
    host,
    port: enginePort,
    models: models.map((name) => ({ name })),
    script: { firstAfter: 2_000, pace: 100 },
  })

describe.skipIf(missing !== null)(`models of other hosts, when a cable is pulled${skipped(missing)}`, () => {
  let lab: Lab
  let data: string
  let [mia, attic, cellar] = [] as unknown as [Resident, Resident, Resident]
  /** Has an engine, and no node. */
  let box: Host
  const engines: Disposable[] = []

  beforeAll(async () => {
    lab = await openLab()
    data = await mkdtemp(join(tmpdir(), 'fcn-lab-ai-'))
    await lab.lan('home')
    const hosts = await Promise.all(['mia', 'attic', 'cellar', 'box'].map((name) => lab.host(name)))
    for (const [index, host] of hosts.entries()) await host.plug('home', 'eth0', `10.1.0.${index + 2}/24`)
    const [, second, third] = hosts as [Host, Host, Host]
    box = hosts.pop() as Host
    for (const [host, address, models] of [
      [second, '127.0.0.1', ['both', 'only-here']],
      [third, '127.0.0.1', ['both']],
      [box, '10.1.0.5', ['far']],
    ] as const)
      engines.push(host.spawn(process.execPath, '--disable-warning=ExperimentalWarning', program, order(address, models)))
    ;[mia, attic, cellar] = (await Promise.all(hosts.map((host) => settle(host, join(data, host.name))))) as [Resident, Resident, Resident]
    await mia.fcn('create', 'Maple Street')
    for (const resident of [attic, cellar]) {
      await letIn(mia.node, resident.node, 'http://10.1.0.2:3000')
      await eventually('the engine is there', () => resident.call('ai.engine.add', { url: `http://127.0.0.1:${enginePort}` }))
      await resident.call('capability.set', { name: 'ai', enabled: true })
    }
    await eventually('the engine of the box is there', () => attic.call('ai.engine.add', { url: `http://10.1.0.5:${enginePort}` }))
    await Promise.all([knows('both', 2), knows('far', 1)])
  })
  afterAll(async () => {
    for (const resident of [mia, attic, cellar]) await resident?.[Symbol.asyncDispose]()
    for (const engine of engines) engine[Symbol.dispose]()
    await lab?.[Symbol.asyncDispose]()
    if (data !== undefined) await rm(data, { recursive: true, force: true })
  })

  const knows = (model: string, places: number) =>
    eventually(`mia would ask ${places} for ${model}`, async () => {
      const found = (await mia.call('ai.get')).models.find(({ name }) => name === model)
      return found?.places.filter(({ whyNot }) => whyNot === null).length === places
    })
  const ask = (model: string) =>
    mia.hand.request({
      ...{
        url: 'http://127.0.0.1:3000/v1/chat/completions',
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        limit: 30_000,
      },
      body: JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Who answers?' }] }),
    })
  /** So long after the request the cable is pulled; resolves with what the program had, and how long after that it ended. */
  const pullWhile = async (model: string, after: number, host = attic.host) => {
    const begin = performance.now()
    const answer = ask(model)
    await delay(after)
    await host.ip('link', 'set', 'eth0', 'down')
    const result = await answer
    return { result, late: performance.now() - begin - after }
  }
  const back = async (host = attic.host, model = 'only-here') => {
    // a mesh judges later than a request: plugged in before that, the node would be called away when it is back
    if (host === attic.host) await knows(model, 0)
    await host.ip('link', 'set', 'eth0', 'up')
    // what was known before is still believed: the way itself has to be there
    const [from, url] = host === box ? [attic, `http://10.1.0.5:${enginePort}/v1/models`] : [mia, 'http://10.1.0.3:3000/']
    await eventually('the cable is in', async () => (await from.hand.request({ url, limit: 1_000 })).status < 500)
    await knows(model, 1)
  }

  it('in the middle of an answer: an error event, and no end that looks whole', async () => {
    const { result, late } = await pullWhile('only-here', 2_800)
    process.stdout.write(`in the middle: ${late.toFixed(0)} ms after the cable was pulled\n`)
    expect(result.text).toContain('"delta":{"content":')
    expect(result.text).toContain('data: {"error":')
    expect(result.text).not.toContain('[DONE]')
    expect(late).toBeLessThan(limit)
    await back()
  })

  it('before the first word, with nobody else to ask: an error of its own dialect', async () => {
    const { result, late } = await pullWhile('only-here', 500)
    process.stdout.write(`before the first word: ${late.toFixed(0)} ms after the cable was pulled\n`)
    expect(result.status).toBeGreaterThanOrEqual(500)
    expect(JSON.parse(result.text)).toMatchObject({ error: { message: expect.any(String) as string } })
    expect(late).toBeLessThan(limit)
    await back()
  })

  it.each([
    [500, '"code":"backend_failed"'],
    [2_800, '"delta":{"content":'],
  ])('of a machine that has the engine and no node, %d ms after the request: an error as well', async (after, said) => {
    const { result, late } = await pullWhile('far', after, box)
    expect(result.text).toContain(said)
    expect(late).toBeGreaterThan(1_000)
    process.stdout.write(`an engine on another machine: ${late.toFixed(0)} ms after its cable was pulled\n`)
    expect(result.text).toContain('"error"')
    expect(result.text).not.toContain('[DONE]')
    expect(late).toBeLessThan(limit)
    await back(box, 'far')
  })

  it('before the first word: the answer of another host', async () => {
    // twice: one of the two is asked at attic's, whichever is tried first
    const results = [await pullWhile('both', 500)]
    await back()
    results.push(await pullWhile('both', 500))
    for (const { result } of results) {
      expect(result.status).toBe(200)
      expect(result.text).toContain('[DONE]')
      expect(result.text.split('"delta":{"content":').length - 1).toBeGreaterThanOrEqual(usualWords.length)
    }
    await back()
  })
})
