import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { fixtureTime } from '../../fixtures/household-peers.ts'
import { longText, mirroredText, pseudoTexts } from '../../support/pseudo-texts.ts'
import { launchBrowser } from '../browser.ts'
import type { Shot } from '../shot.ts'
import { shots } from '../shots.ts'
import { layoutFlaws } from './layout-flaws.ts'

const sizes = [
  { width: 1280, height: 800 },
  { width: 420, height: 800 },
]

/** States of a place that differ from another in data and a word or two: their texts are looked at there. */
const alike = [
  /^topology-|^peers-500|^relay-(?:peers|drawer|off)$/u,
  /^screen-.*-(?:busy|empty)$|^screen-(?!overview).*-away$/u,
  /^setup-(?:2-mesh-nobody|3-share|4-start-(?:linux|headless)|5-ready-waiting|settings)$/u,
  /^capabilities-(?:states|others|held|paused-open|limits-hours|limits-untold|saved|who-serves)$/u,
  /^settings(?:-network|-discovery|-security)?$|^settings-(?:changed|undo|key)$/u,
  /^peers-(?:detail-(?:end|used|checking|offline|removed)|gone|offers|drawer|legacy|list)$/u,
  /^policies-(?:storage|member|own)$|^join-confirm|^requests-done$/u,
]
const places = shots.filter(({ name }) => !alike.some((names) => names.test(name)))
/** In the language itself letters are of other shapes; the places are those that are opened without a press. */
const screens = places.filter(({ name, act }) => act === undefined && !name.startsWith('screen-'))

/** Languages that stand for what translations do, served in the places of two that there are. */
const pseudo = [
  { tag: 'de', file: 'german', texts: pseudoTexts(longText), mark: String.raw`^\[|\]$|ö$` },
  { tag: 'ar', file: 'arabic', texts: pseudoTexts(mirroredText), mark: String.raw`\p{Script=Hebrew}` },
]
const arabic = { tag: 'ar', mark: String.raw`\p{Script=Arabic}` }

/** Opens a screen in English, where its buttons are known by name, then looks at it in each language and size. */
async function flawsOf(page: Page, { name, state, path = '', answers: own, act }: Shot, languages: { tag: string; mark: string }[]) {
  const server = await startPageServer(resolve('out/renderer'), state, { ...answers, ...own })
  const flaws: string[] = []
  try {
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.clock.setFixedTime(fixtureTime)
    await page.goto(server.url + path)
    await page.locator('#main').waitFor()
    await act?.(page)
    // a dialog is loaded when it is asked for
    if (act !== undefined) await page.waitForTimeout(300)
    for (const { tag, mark } of languages) {
      server.change({ settings: { ...state.settings, language: tag } })
      await page.locator(`html[lang="${tag}"]`).waitFor()
      for (const size of sizes) {
        await page.setViewportSize(size)
        await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
        const found = await page.evaluate(layoutFlaws, mark)
        flaws.push(...found.map((flaw) => `${name}, ${tag}, ${size.width}: ${flaw}`))
      }
    }
  } finally {
    await server.stop()
  }
  return flaws
}

describe('texts of the window', () => {
  let browser: Browser
  let page: Page
  let inArabic: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    const options = { locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce' as const }
    ;[page, inArabic] = await Promise.all([browser.newPage(options), browser.newPage(options)])
    for (const each of [page, inArabic]) each.setDefaultTimeout(15_000)
    for (const { file, texts } of pseudo)
      await page.route(`**/assets/${file}-*.js`, async (route) => {
        const exported = /export\{\w+ as (?<name>\w+)\}/u.exec(await (await route.fetch()).text())?.groups?.['name'] ?? file
        await route.fulfill({ contentType: 'text/javascript', body: `const texts=${JSON.stringify(texts)};export{texts as ${exported}}` })
      })
  })
  afterAll(() => browser?.close())

  it.each(places)('are whole and apart when 40 % longer and from right to left: $name', async (shot) => {
    expect(await flawsOf(page, shot, pseudo)).toEqual([])
  })

  it.each(screens)('are whole and apart in Arabic: $name', async (shot) => {
    expect(await flawsOf(inArabic, shot, [arabic])).toEqual([])
  })
})
