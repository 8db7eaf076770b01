import type { Browser, BrowserContext, Page, Route } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { AiView, TrialAnswer } from '../../../electron/contract/ai.ts'
import { type Answers, type PageServer, startPageServer } from '../../fakes/page-server.ts'
import { answers } from '../../fixtures/answers.ts'
import { diskFull } from '../../fixtures/failing.ts'
import { answered, engines, householdModels, manyModels } from '../../fixtures/household-models.ts'
import { calm } from '../../fixtures/snapshot.ts'
import { launchBrowser } from '../browser.ts'
import { enterOn, hasFocus, tabTo } from './keyboard.ts'

/** A model that writes a word whenever it is asked how far it is, until it is stopped. */
function createSlowModel(words: readonly string[]) {
  let said = 0
  let state: TrialAnswer['state'] = 'running'
  const calls: string[] = []
  const textUpTo = (count: number) => words.slice(0, count).join(' ')
  const answer = (from: number): TrialAnswer => ({ ...answered, text: textUpTo(said).slice(from), end: textUpTo(said).length, state })
  return {
    calls,
    async serve(route: Route): Promise<void> {
      const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? ''
      const input = route.request().postDataJSON() as { from?: number }
      calls.push(name)
      if (name === 'ai.trial.start') [said, state] = [0, 'running']
      else if (name === 'ai.trial.stop') state = 'stopped'
      else if (state === 'running' && ++said === words.length) state = 'done'
      await route.fulfill({ json: { value: answer(input.from ?? 0) } })
    },
  }
}

interface Opened {
  models?: AiView
  /** What the node answers here and nowhere else. */
  own?: Answers
}

/** Notes everything that those who hear the page are told, from now on. */
const listen = (page: Page) =>
  page.evaluate(() => {
    const heard: string[] = []
    Object.assign(window, { heard })
    new MutationObserver(() => {
      for (const status of document.querySelectorAll('.trial [role="status"]')) {
        const text = status.textContent
        if (text !== '' && heard.at(-1) !== text) heard.push(text)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
const heardOn = (page: Page) => page.evaluate(() => (window as unknown as { heard: string[] }).heard)

describe('the Models screen', () => {
  let browser: Browser
  let context: BrowserContext
  let server: PageServer
  let page: Page
  const faults: string[] = []

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(async () => browser?.close())
  afterEach(async () => {
    await context.close()
    await server.stop()
  })

  async function open(path: string, { models = householdModels(), own = {} }: Opened = {}): Promise<void> {
    server = await startPageServer('out/renderer', calm({ ai: models }), { ...answers, ...own })
    context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: 'reduce' })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    page = await context.newPage()
    page.setDefaultTimeout(15_000)
    page.on('pageerror', (error) => faults.push(error.message))
    await page.goto(server.url + path)
  }
  const inputsOf = (name: string) => server.called.filter((call) => call.name === name).map(({ input }) => input)
  const row = (name: string) => page.getByRole('button', { name: new RegExp(`^Open ${name}:`, 'u') })
  const drawer = (name: string) => page.getByRole('complementary', { name: `Details of ${name}` })

  it('is reached from the rail, finds a model by where it is, and keeps the search when its details are opened', async () => {
    await open('')
    await page.getByRole('navigation').getByRole('link', { name: 'Models' }).click()
    await page.getByText('5 models can be used. Programs on this computer ask http://127.0.0.1:3000.').waitFor()
    await page.getByLabel('Search models').fill('attic')
    await row('llama3.2:3b').waitFor({ state: 'detached' })
    await row('nomic-embed-text').click()
    await drawer('nomic-embed-text').getByText('Loaded: its first word comes soon.').waitFor()
    expect(await page.getByLabel('Search models').inputValue()).toBe('attic')
    // what turns texts into numbers cannot be talked to
    expect(await drawer('nomic-embed-text').getByText('Try it').count()).toBe(0)
  })

  it('opens a model whose name has slashes by its address, and says of each place why it is not asked', async () => {
    await open(`#/models/of/${encodeURIComponent('hf.co/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF:Q6_K')}`)
    const details = drawer('hf.co/bartowski/Meta-Llama-3.1-8B-Instruct-GGUF:Q6_K')
    await details.getByText('Does not let this computer use it', { exact: true }).waitFor()
    expect(await details.getByText('Not measured yet').count()).toBe(0)
    await page.goto(`${server.url}#/models/of/${encodeURIComponent('llama3.3:70b')}`)
    await drawer('llama3.3:70b').getByText('Too little memory there now').first().waitFor()
  })

  it('shows hundreds of models without drawing them all, and goes through them with the arrow keys', async () => {
    await open('#/models', { models: manyModels() })
    const rows = page.getByRole('grid', { name: 'Models' }).getByRole('row')
    await rows.first().waitFor()
    expect(await rows.count()).toBeLessThan(60)
    await tabTo(page, rows.first().getByRole('button'))
    await page.keyboard.press('End')
    await expect.poll(() => page.locator('[aria-rowindex="300"] button').evaluate((it) => it === document.activeElement)).toBe(true)
  })

  it('tries a model by keyboard alone: the answer comes word by word, and what is heard of it is its beginning and its end', async () => {
    await open('#/models')
    const model = createSlowModel('A mesh is a few computers that help each other.'.split(' '))
    await page.route('**/local/v1/ai.trial.*', model.serve)
    await enterOn(page, row('gemma3:12b'))
    await tabTo(page, drawer('gemma3:12b').getByRole('radio', { name: 'About it' }))
    await page.keyboard.press('ArrowRight')
    await listen(page)
    const field = page.getByLabel('Message to gemma3:12b')
    await tabTo(page, field)
    await page.keyboard.type('What is a mesh?')
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Copy the answer' }).waitFor()
    await page.getByText('llama3.2:3b on kitchen-mini, first word after 412 ms, 12 tokens/s, 31 tokens').waitFor()
    expect(await hasFocus(field)).toBe(true)
    expect(await heardOn(page)).toEqual(['gemma3:12b answers.', 'A mesh is a few computers that help each other.'])
    expect(model.calls.filter((name) => name === 'ai.trial.stop')).toEqual([])
  })

  it('stops an answer at once, and stops the model when the chat is left', async () => {
    await open(`#/models/of/${encodeURIComponent('llama3.2:3b')}/try`)
    const model = createSlowModel(Array.from({ length: 10_000 }, () => 'word'))
    await page.route('**/local/v1/ai.trial.*', model.serve)
    const field = page.getByLabel('Message to llama3.2:3b')
    await field.fill('Go on for ever')
    await page.keyboard.press('Enter')
    await page.getByText('word word').waitFor()
    await enterOn(page, page.getByRole('button', { name: 'Stop' }))
    await page.getByText(/^Stopped, /u).waitFor()
    expect(await page.getByRole('button', { name: 'Send' }).count()).toBe(1)

    await field.fill('Again')
    await page.keyboard.press('Enter')
    await page.getByText('word word').nth(1).waitFor()
    const before = model.calls.filter((name) => name === 'ai.trial.stop').length
    await page.getByRole('button', { name: 'Close the details' }).click()
    await expect.poll(() => model.calls.filter((name) => name === 'ai.trial.stop').length).toBe(before + 1)
  })

  it('says why a model cannot be tried, and keeps the question', async () => {
    await open(`#/models/of/giant/try`, {
      own: { 'ai.trial.start': { error: { code: 'no_peer', message: 'No computer in reach can run it now.' } } },
    })
    await page.getByLabel('Message to giant').fill('Hello?')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('No computer in reach can run it now.').waitFor()
    expect(await page.getByText('Hello?').isVisible()).toBe(true)
  })

  it('copies settings for a program with the address and a model in them, and never the key', async () => {
    await open('#/models/programs', { models: householdModels({ needsKey: true }) })
    await page.getByRole('button', { name: 'Copy the settings for OpenAI, Python' }).click()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toContain('base_url="http://127.0.0.1:3000/v1", api_key=os.environ["FCN_KEY"]')
    expect(copied).toContain('model="fast"')
    expect(inputsOf('key.show')).toEqual([])
    await page.getByText('so that it stands in no file').getByRole('link', { name: 'Settings, Access and API key' }).click()
    await page.getByRole('heading', { name: 'Access and API key' }).waitFor()
  })

  it('says who has a usual port, and answers there or no longer with one press that can be undone', async () => {
    await open('#/models/programs')
    const doors = page.getByRole('region', { name: 'Usual ports' })
    await doors.getByText('Now used by ollama, process 812.').waitFor()
    await doors.getByRole('switch', { name: 'Port 1234, usually LM Studio' }).press('Space')
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => inputsOf('ai.set')).toEqual([{ doors: ['ollama'] }, { doors: ['ollama', 'lmstudio'] }])
  })

  it('gives a name to a list of models, and refuses one that is taken before it is sent', async () => {
    await open('#/models/programs')
    await enterOn(page, page.getByRole('button', { name: 'Add a name' }))
    await page.keyboard.type('fast')
    await page.getByText('There is such a name already.').waitFor()
    await page.keyboard.type('er')
    await page.getByPlaceholder('Add a model').click()
    await page.getByRole('option', { name: 'gemma3:12b' }).click()
    await page.getByPlaceholder('Add a model').click()
    await page.getByRole('option', { name: 'llama3.2:3b' }).click()
    await page.getByRole('button', { name: 'Ask llama3.2:3b earlier' }).click()
    await page.getByRole('button', { name: 'Save name' }).click()
    await expect.poll(() => inputsOf('ai.set')).toMatchObject([{ aliases: { faster: ['llama3.2:3b', 'gemma3:12b'] } }])
  })

  it('shows tokens by peer and day, as far back as is wanted', async () => {
    await open('#/models/usage')
    const today = page.getByRole('table', { name: 'Sunday, November 22' }).or(page.getByRole('table', { name: 'Sunday 22 November' }))
    await today.getByRole('row', { name: /^mia-laptop 24,610 tokens/u }).waitFor()
    await page.getByText('31 days').click()
    await expect.poll(() => inputsOf('ai.usage')).toEqual([{ days: 7 }, { days: 31 }])
  })

  it('says why usage cannot be read, and reads it again when that is wanted', async () => {
    await open('#/models/usage', { own: { 'ai.usage': diskFull } })
    await page.getByRole('alert').getByText('There is no room left').waitFor()
    const before = inputsOf('ai.usage').length
    await page.getByRole('button', { name: 'Try again' }).click()
    await expect.poll(() => inputsOf('ai.usage').length).toBeGreaterThan(before)
  })

  it('adds an engine with its key, which is sent once and shown nowhere afterwards', async () => {
    const [, given] = engines
    await open('#/capabilities/ai', { own: given === undefined ? {} : { 'ai.engine.add': given, 'ai.engine.remove': given } })
    await page.getByRole('button', { name: 'Add an engine…' }).click()
    await page.keyboard.type('http://192.168.1.30:8000')
    await page.getByLabel('Key, where it wants one').fill('sk-secret')
    await page.keyboard.press('Enter')
    await page.getByText('Workshop server is used from now on').waitFor()
    expect(inputsOf('ai.engine.add')).toEqual([{ url: 'http://192.168.1.30:8000', key: 'sk-secret' }])
    expect(await page.content()).not.toContain('sk-secret')
    await page.getByRole('button', { name: 'Use Workshop server no longer' }).click()
    await expect.poll(() => inputsOf('ai.engine.remove')).toEqual([{ engine: 'workshop' }])
  })

  it('lets peers have some models only, some peers, and so many tokens a day', async () => {
    await open('#/capabilities/ai')
    const limits = page.getByRole('complementary', { name: 'Limits of AI' })
    await limits.getByRole('combobox', { name: 'Who may use tiny-shakespeare' }).click()
    await page.getByRole('option', { name: 'Everybody' }).click()
    await expect
      .poll(() => inputsOf('ai.set'))
      .toMatchObject([{ terms: { models: { 'llama3.2:3b': 'all', 'gemma3:12b': [expect.any(String)], 'tiny-shakespeare': 'all' } } }])
    await limits.getByLabel('Tokens per peer and day').fill('')
    await page.keyboard.press('Enter')
    await expect.poll(() => inputsOf('ai.set').at(-1)).toEqual({ terms: { tokensPerPeerAndDay: null } })
  })

  it('made no script fail', () => {
    expect(faults).toEqual([])
  })
})
