import { expect, test } from 'vitest'
import { call, shownWindow, useApp } from './app.ts'

const app = useApp()

test('the page comes from its own origin under a strict policy', async () => {
  const window = await shownWindow(await app.start())
  expect(window.url()).toMatch(/^app:\/\/fcn\/(#|$)/)
  const response = await window.page.reload()
  const policy = response?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toContain('unsafe-eval')
  // and Chromium keeps it
  const ran = await window.page.evaluate(() => {
    const script = document.createElement('script')
    script.textContent = 'globalThis.injected = true'
    document.head.append(script)
    return 'injected' in globalThis
  })
  expect(ran).toBe(false)
})

test('the page itself breaks nothing of its policy', async () => {
  const { page } = await shownWindow(await app.start())
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  await page.reload()
  await page.getByRole('textbox', { name: 'Name of this computer' }).waitFor()
  expect(complaints).toEqual([])
})

test('no address leads out of the folder of the page', async () => {
  const window = await shownWindow(await app.start())
  const statuses = await window.page.evaluate(() =>
    Promise.all(['/%2e%2e/main/main.js', '/..%2f..%2fpackage.json', '/%00.js'].map(async (path) => (await fetch(path)).status)),
  )
  expect(statuses).toEqual([404, 404, 404])
})

test('a page that is not ours is refused, even if it got into the window', async () => {
  const window = await shownWindow(await app.start())
  // past the host's navigation guard, as a flaw in Chromium would be
  await window.page.route('https://evil.test/**', (route) => route.fulfill({ contentType: 'text/html', body: '<h1>evil</h1>' }))
  await window.page.goto('https://evil.test/')
  expect(await call(window, 'key.show')).toMatchObject({ ok: false, error: { code: 'forbidden' } })
})

test('the window stays on its page', async () => {
  const window = await shownWindow(await app.start())
  await window.page.evaluate(() => location.assign('https://evil.test/'))
  await window.page.evaluate(() => location.assign('file:///etc/passwd')).catch(() => undefined)
  await window.page.waitForTimeout(300)
  expect(window.url()).toMatch(/^app:\/\/fcn\/(#|$)/)
})

test('no second window opens', async () => {
  const window = await shownWindow(await app.start())
  await window.page.evaluate(() => void open('https://evil.test/', '_blank'))
  await expect.poll(() => window.page.context().pages().length).toBe(1)
})

test('permissions are denied, save writing text to the clipboard', async () => {
  const desktop = await app.start()
  await shownWindow(desktop)
  expect(desktop.permissions()).toEqual(['clipboard-write'])
})

test('nothing from outside is loaded', async () => {
  const window = await shownWindow(await app.start())
  const loaded = await window.page.evaluate(() =>
    fetch('https://evil.test/').then(
      () => true,
      () => false,
    ),
  )
  expect(loaded).toBe(false)
})
