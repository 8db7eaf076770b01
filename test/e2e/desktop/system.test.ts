/** What others do at this node, as its person notices it on a desktop. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { request } from 'undici'
import { expect, test } from 'vitest'
import type { JoinView, RequestView, Snapshot } from '../../../electron/contract/snapshot.ts'
import type { Desktop } from '../../fakes/desktop-host/desktop.ts'
import type { WindowPage } from '../../fakes/desktop-host/window-page.ts'
import { eventually } from '../../support/eventually.ts'
import { peersOf } from '../joined-pair.ts'
import { type NodeProcess, startNode } from '../node-process.ts'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()

async function valueOf<T>(window: WindowPage, name: string, input: unknown = {}): Promise<T> {
  const result = (await call(window, name, input)) as { ok: boolean; value: T }
  expect(result, name).toMatchObject({ ok: true })
  return result.value
}

/** `mia` asks to join a mesh of the desktop, whose window is closed. */
async function asked(): Promise<{ desktop: Desktop; mia: NodeProcess; join: JoinView; port: number }> {
  const desktop = await app.start()
  const window = await shownWindow(desktop)
  await valueOf(window, 'settings.update', { tellClosing: false })
  await valueOf(window, 'mesh.create', { name: 'Maple Street' })
  const { node } = await valueOf<Snapshot>(window, 'snapshot.get')
  await desktop.closeWindow()
  const mia = await startNode({ name: 'mia' })
  const join = (await mia.fcn('join', `http://127.0.0.1:${node.port}`, '--json')).json as JoinView
  return { desktop, mia, join, port: node.port }
}

/** The same, let in. */
async function joined() {
  const { desktop, mia, join, port } = await asked()
  await desktop.choose('Open Free Compute Node')
  const window = await shownWindow(desktop)
  const [waiting] = await eventually('the request arrives', async () => {
    const requests = await valueOf<RequestView[]>(window, 'request.list')
    return requests.length > 0 ? requests : null
  })
  await valueOf(window, 'request.approve', { id: waiting?.id, code: join.code })
  expect((await mia.call('join.confirm', { id: join.id, code: waiting?.code })).status).toBe(200)
  return { desktop, mia, window, port }
}

test('a request is told, its click opens the card, and it goes away when it is decided', async () => {
  const { desktop, mia } = await asked()
  await using _mia = mia
  const title = 'mia asks to join Maple Street'
  await expect.poll(() => desktop.notifications().map((each) => each.title), { timeout: 40_000 }).toEqual([title])
  expect(desktop.tray()?.menu.map(({ label }) => label)).toContain('Review mia’s request…')
  expect(desktop.tray()?.image).toMatch(/attention/u)

  await desktop.clickNotification(title)
  const window = await shownWindow(desktop)
  await window.page.getByRole('dialog').getByText('Does its screen show this code?').waitFor()
  const [waiting] = await valueOf<RequestView[]>(window, 'request.list')
  await valueOf(window, 'request.reject', { id: waiting?.id })
  await expect.poll(() => desktop.notifications()).toEqual([])
})

test('while a peer has work done here the computer stays awake, and Quit asks', async () => {
  const { desktop, mia, window } = await joined()
  await using _mia = mia
  // a service whose answer goes on until the test ends it
  let finish = () => {}
  const service = createServer((_request, response) => {
    const timer = setInterval(() => response.write('x'.repeat(1_000)), 100)
    finish = () => {
      clearInterval(timer)
      response.end()
    }
  }).listen(0, '127.0.0.1')
  await once(service, 'listening')
  try {
    await valueOf(window, 'service.share', { name: 'radio', port: (service.address() as AddressInfo).port })
    const answer = await eventually('mia reaches the service', async () => {
      const response = await request(`${mia.url}/services/any/attic-nas/radio/`)
      if (response.statusCode === 200) return response
      await response.body.dump()
      return null
    })
    await expect.poll(() => desktop.isAwake(), { timeout: 40_000 }).toBe(true)
    await expect.poll(() => desktop.tray()?.menu.map(({ label }) => label)).toContain('Quit and stop sharing…')

    await desktop.choose('Quit and stop sharing…')
    await expect
      .poll(() => desktop.questions())
      .toMatchObject([{ message: '1 peer uses this computer.', buttons: ['Keep running', 'Quit and stop sharing'] }])
    desktop.answer('Keep running')
    await desktop.power('suspend')
    await desktop.power('resume')

    finish()
    await answer.body.dump()
    await expect.poll(() => desktop.isAwake(), { timeout: 20_000 }).toBe(false)
    expect(await valueOf<Snapshot>(window, 'snapshot.get')).toMatchObject({ node: { name: 'attic-nas' } })
  } finally {
    finish()
    service.close()
  }
})

test('quitting tells the members, who need no failed probe to know', async () => {
  const { desktop, mia } = await joined()
  await using _mia = mia
  const state = async () => (await peersOf(mia)).find(({ name }) => name === 'attic-nas')?.state
  await eventually('mia sees attic-nas', async () => (await state()) === 'online')
  await desktop.choose('Quit')
  expect(await desktop.exitCode).toBe(0)
  expect(await state()).toBe('offline')
})
