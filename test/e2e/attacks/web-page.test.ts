import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchBrowser } from '../browser.ts'
import { type EchoService, startEchoService } from '../echo-service.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { expectLine, refusedTimes } from './audit-lines.ts'

/** Names that somebody else owns and points at this machine. */
const hostile = 'hostile.test'
const rebound = 'rebound.test'

let node: NodeProcess
let service: EchoService
let site: Server
let browser: Browser
let context: BrowserContext
let page: Page
let before: unknown

/** A browser that is signed in to the node, on a page of another site. */
beforeAll(async () => {
  site = createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><body></body>'))
  site.listen(0, '127.0.0.1')
  ;[node, service, browser] = await Promise.all([
    startNode({ name: 'target' }),
    startEchoService(),
    launchBrowser({ onThisMachine: [hostile, rebound] }),
    once(site, 'listening'),
  ])
  await node.fcn('create', 'Maple Street')
  await node.fcn('share', 'echo', String(service.port))
  before = (await node.call('key.show')).body.value
  context = await browser.newContext()
  page = await context.newPage()
  await page.goto(((await node.call('page.link')).body.value as { url: string }).url)
  await page.waitForFunction(() => document.title.includes('target')) // signed in
  await page.goto(`http://${hostile}:${(site.address() as AddressInfo).port}/`)
})
afterAll(async () => {
  await browser?.close()
  site?.close()
  await Promise.all([node?.stop(), service?.stop()])
})

/** What a script of the hostile page gets to see of an answer. */
const fetched = (path: string, init: { method?: string; body?: string; mode?: 'no-cors'; headers?: Record<string, string> } = {}) =>
  page.evaluate(
    async ([url, options]) => {
      try {
        const answer = await fetch(url, { credentials: 'include', ...options })
        return `${answer.type} ${answer.status} ${await answer.text()}`
      } catch {
        return 'nothing'
      }
    },
    [`${node.url}${path}`, init] as const,
  )

describe('a page of another site in a browser that is signed in', () => {
  it('learns nothing and changes nothing by scripts', async () => {
    const post = { method: 'POST', body: '{}' }
    expect(await fetched('/local/v1/key.show', { ...post, headers: { 'content-type': 'application/json' } })).toBe('nothing')
    expect(await fetched('/local/v1/key.rotate', post)).toBe('nothing')
    expect(await fetched('/local/v1/key.rotate', { ...post, mode: 'no-cors' })).toMatch(/^opaque 0 $|^nothing$/u)
    expect(await fetched('/services/any/any/echo/')).toBe('nothing')
    expect(await fetched('/services/any/any/echo/', { ...post, mode: 'no-cors' })).toMatch(/^opaque 0 $|^nothing$/u)
    expect(await fetched('/')).toBe('nothing')
    expect(service.lastSha256()).toBe('')
  })

  it('changes nothing by a form', async () => {
    const frame = page.waitForResponse((response) => response.url().includes('/local/v1/key.rotate'))
    await page.evaluate((url) => {
      const form = document.createElement('form')
      Object.assign(form, { method: 'POST', action: url, enctype: 'text/plain', target: 'hidden' })
      const input = Object.assign(document.createElement('input'), { name: '{"a":"', value: '"}' })
      const frame = Object.assign(document.createElement('iframe'), { name: 'hidden' })
      form.append(input)
      document.body.append(frame, form)
      form.submit()
    }, `${node.url}/local/v1/key.rotate`)
    expect((await frame).status()).toBe(403)
  })

  it('opens no WebSocket and no stream of events', async () => {
    const outcome = await page.evaluate(
      async ([socket, events]) => {
        const first = (target: EventTarget, names: string[]) =>
          new Promise<string>((resolve) => {
            for (const name of names) target.addEventListener(name, () => resolve(name), { once: true })
          })
        return [
          await first(new WebSocket(socket), ['open', 'error']),
          await first(new EventSource(events, { withCredentials: true }), ['open', 'hello', 'error']),
        ]
      },
      [`${node.url.replace('http', 'ws')}/services/any/any/echo/socket`, `${node.url}/local/v1/events`] as const,
    )
    expect(outcome).toEqual(['error', 'error'])
  })

  it('gets nothing from a frame without an origin, and cannot show the page in a frame', async () => {
    const message = await page.evaluate(
      (url) =>
        new Promise<unknown>((resolve) => {
          addEventListener('message', ({ data }) => resolve(data), { once: true })
          const script = `fetch('${url}', { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{}' })
            .then((answer) => parent.postMessage('status ' + answer.status, '*'), () => parent.postMessage('nothing', '*'))`
          const frame = document.createElement('iframe')
          frame.setAttribute('sandbox', 'allow-scripts')
          frame.srcdoc = `<script>${script}</script>`
          document.body.append(frame)
        }),
      `${node.url}/local/v1/key.rotate`,
    )
    expect(message).toMatch(/^status 0$|^nothing$/u)

    await page.evaluate((url) => {
      document.body.append(Object.assign(document.createElement('iframe'), { src: url, name: 'framed' }))
    }, `${node.url}/`)
    await page.waitForTimeout(300)
    expect(page.frame({ name: 'framed' })?.url()).not.toBe(`${node.url}/peers`)
    expect(await page.frame({ name: 'framed' })?.content()).not.toContain('id="root"')
  })

  it('gets nothing by a name of its own that leads here', async () => {
    const answer = await page.goto(`http://${rebound}:${node.port}/`)
    expect(answer?.status()).toBe(403)
    const inside = await page.evaluate(async () => {
      const ask = async (path: string, init: RequestInit = {}) => (await fetch(path, init)).status
      return [await ask('/local/v1/key.show', { method: 'POST', body: '{}' }), await ask('/services/any/any/echo/')]
    })
    expect(inside).toEqual([403, 403])
  })

  it('left the node as it was, and a line for all it tried', async () => {
    expect((await node.call('key.show')).body.value).toEqual(before)
    await expectLine(node, { action: 'request.refused', code: 'forbidden', address: '127.0.0.1' })
    // what is still being summed is written when the node stops
    const { name, data, port } = node
    await node.kill('SIGTERM')
    node = await startNode({ name, data, port })
    expect(await refusedTimes(node, 'forbidden')).toBeGreaterThanOrEqual(10)
  })
})
