import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { request } from 'undici'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RouteView } from '../../../electron/contract/routing.ts'
import { eventually } from '../../support/eventually.ts'
import { launchBrowser } from '../browser.ts'
import { joinedPair } from '../joined-pair.ts'
import { type NodeProcess, startNode } from '../node-process.ts'

const secret = 'what-nobody-but-the-service-may-know'
const mebibyte = 1024 * 1024

/** Requests that a program got below /held and answers when the test says so. */
const held: ServerResponse[] = []
const program = createServer((incoming, answer) => {
  incoming.resume()
  if (incoming.url?.startsWith('/held')) held.push(answer)
  else if (incoming.url?.startsWith('/broken')) answer.destroy()
  else answer.end('done')
})

let browser: Browser
let attic: NodeProcess
let mia: NodeProcess
let page: Page

beforeAll(async () => {
  program.listen(0, '127.0.0.1')
  await once(program, 'listening')
  browser = await launchBrowser()
  ;({ approver: attic, joiner: mia } = await joinedPair({ approver: 'attic', joiner: 'mia' }))
  await attic.fcn('share', 'Files', String((program.address() as AddressInfo).port))
  await eventually('the service is known at mia', async () => {
    const { statusCode, body } = await request(at('/'))
    await body.dump() // else it may still be under way when requests are counted
    return statusCode === 200
  })
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.goto(((await mia.fcn('open', '--json')).json as { url: string }).url)
  await page
    .getByRole('navigation')
    .getByRole('link', { name: /^Activity/u })
    .click()
  await page.getByText('Requests', { exact: true }).click()
})
afterAll(async () => {
  await browser.close()
  await Promise.all([attic.stop(), mia.stop()])
  program.closeAllConnections()
  program.close()
})

const at = (path: string) => `${mia.url}/services/any/attic/files${path}`
const row = (said: RegExp) => page.getByRole('button', { name: said }).first()
const routesOf = async (node: NodeProcess, ...more: string[]) => (await node.fcn('routes', '--json', ...more)).json as RouteView[]
const metricsOf = async (node: NodeProcess) => (await (await request(`${node.url}/metrics`)).body.text()).split('\n')

it('a request is “sent to” while it waits, “ran on” once it is answered, with live bytes, and then done', async () => {
  const answered = request(at(`/held?token=${secret}`), {
    method: 'POST',
    headers: { 'x-request-id': 'seen-by-both', authorization: `Bearer ${secret}` },
    body: secret,
  })
  await row(/asked for files.*Sent to attic, direct.*Running/iu).waitFor()
  await eventually('the program was asked', async () => held.length > 0)
  const underWay = (await metricsOf(mia)).filter((line) => /^fcn_routed_requests_in_flight\{direction="to".* [1-9]\d*$/u.test(line))
  expect(underWay).toEqual([expect.stringMatching(/ 1$/u)])

  const [answer] = held.splice(0)
  if (answer === undefined) throw new Error('nobody asked the program')
  answer.write(Buffer.alloc(mebibyte))
  await row(/asked for files.*Ran on attic, direct.*1 MB back.*Running/iu).waitFor()
  answer.end(Buffer.alloc(mebibyte))
  expect((await (await answered).body.arrayBuffer()).byteLength).toBe(2 * mebibyte)
  await row(/asked for files.*Ran on attic, direct.*2\.1 MB back.*Done/iu).waitFor()

  await row(/2\.1 MB back/u).click()
  await page.getByText('seen-by-both').waitFor()
  await page.getByText('POST, answered with 200').waitFor()
})

it('the peer that served it says from whom it came, under the same request id', async () => {
  const [route] = (await routesOf(attic)).filter(({ requestId }) => requestId === 'seen-by-both')
  expect(route).toMatchObject({
    ...{ from: { name: 'mia' }, kind: 'service', what: 'files', method: 'POST', ranOn: { name: 'attic' }, path: 'local' },
    ...{ status: 200, bytesIn: secret.length, bytesOut: 2 * mebibyte, retries: 0, result: 'ok', code: null },
  })
})

it('a caller that goes away is no failure, and a program that is gone is one', async () => {
  const leave = new AbortController()
  const left = request(at('/held'), { signal: leave.signal }).catch(() => undefined)
  await eventually('the program was asked', async () => held.length > 0)
  leave.abort()
  await left
  await eventually('it is cancelled', async () => (await routesOf(mia, '--result', 'cancelled')).length === 1)
  held.splice(0)

  const broken = await request(at('/broken'))
  await broken.body.dump()
  expect(broken.statusCode).toBe(502)
  await eventually('it has failed', async () => (await routesOf(attic, '--failed', '--peer', 'mia')).length > 0)
  expect(await routesOf(attic, '--failed', '--peer', 'nobody')).toEqual([])
})

it('/metrics counts requests, bytes and durations by peer and service', async () => {
  const here = await metricsOf(attic)
  const peer = (await mia.call('node.get')).body.value as { id: string }
  const labels = `direction="from",what="service:files",peer="${peer.id}"`
  const value = (start: string) =>
    Number(
      here
        .find((line) => line.startsWith(start))
        ?.split(' ')
        .at(-1),
    )
  expect(value(`fcn_routed_requests_total{${labels},result="ok"}`)).toBeGreaterThanOrEqual(2)
  expect(value(`fcn_routed_requests_total{${labels},result="cancelled"}`)).toBe(1)
  expect(value(`fcn_routed_requests_total{${labels},result="failed"}`)).toBeGreaterThanOrEqual(1)
  expect(value(`fcn_routed_bytes_total{${labels},part="answer"}`)).toBeGreaterThanOrEqual(2 * mebibyte)
  expect(value('fcn_routed_request_duration_seconds_count{direction="from",what="service:files"}')).toBeGreaterThanOrEqual(4)
  expect(here.some((line) => line.startsWith('nodejs_eventloop_lag_seconds '))).toBe(true)
})

it('nothing of address, headers and body is in the list or on disk, and the list survives a restart', async () => {
  const before = await routesOf(attic)
  expect(before.length).toBeGreaterThanOrEqual(4)
  expect(JSON.stringify([before, await routesOf(mia)])).not.toMatch(/\/held|broken|token|Bearer|what-nobody/u)
  await attic.kill('SIGTERM')
  for (const file of await readdir(attic.data)) {
    if (file.startsWith('node.db')) expect((await readFile(join(attic.data, file))).includes(secret)).toBe(false)
  }
  const again = await startNode({ name: 'attic', data: attic.data })
  try {
    expect(await routesOf(again)).toEqual(before)
    expect((await again.fcn('routes')).stdout).toMatch(/mia +POST files +ran on attic +local +200/u)
  } finally {
    await again.stop()
  }
})
