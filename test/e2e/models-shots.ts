import type { Page } from 'playwright-core'
import { noModels } from '../fixtures/ai.ts'
import { ready } from '../fixtures/capabilities.ts'
import { diskFull } from '../fixtures/failing.ts'
import { householdModels, manyModels } from '../fixtures/household-models.ts'
import { calm } from '../fixtures/snapshot.ts'
import { press, type Shot } from './shot.ts'

const ai = ready('ai', { backend: null, detail: '2 engines, 3 models' })
const home = (models = householdModels()) => calm({ ai: models, capabilities: { ...calm().capabilities, ai } })
const of = (name: string) => `#/models/of/${encodeURIComponent(name)}`

const show = (label: string) => (page: Page) => page.getByLabel(label, { exact: true }).scrollIntoViewIfNeeded()

const ask = async (page: Page) => {
  await page.getByLabel(/^Message to/u).fill('What is a mesh?')
  await page.keyboard.press('Enter')
}

/** Models of all meshes, a chat with one, settings for programs, usage; engines and terms of this computer. */
export const modelsShots: Shot[] = [
  { name: 'models', state: home(), path: '#/models' },
  { name: 'models-many', state: home(manyModels()), path: '#/models' },
  { name: 'models-no-model', state: home(householdModels({ models: [], aliases: {} })), path: '#/models' },
  {
    name: 'models-none-fits',
    state: home(),
    path: '#/models',
    act: (page) => page.getByLabel('Search models').fill('nothing like that'),
  },
  { name: 'models-details', state: home(), path: of('llama3.2:3b') },
  { name: 'models-details-away', state: home(), path: of('llama3.3:70b') },
  { name: 'models-gone', state: home(), path: of('phi4:14b') },
  { name: 'models-try-empty', state: home(), path: `${of('llama3.2:3b')}/try` },
  {
    name: 'models-try',
    state: home(),
    path: `${of('fast')}/try`,
    async act(page) {
      await ask(page)
      await page.getByRole('button', { name: 'Copy the answer' }).waitFor()
    },
  },
  {
    name: 'models-try-failed',
    state: home(),
    path: `${of('llama3.3:70b')}/try`,
    answers: {
      'ai.trial.start': {
        error: {
          code: 'no_peer',
          message: 'No computer in reach can run llama3.3:70b now.',
          action: 'oskar-desktop has too little memory for it.',
        },
      },
    },
    async act(page) {
      await ask(page)
      await page.getByText('No computer in reach').first().waitFor()
    },
  },
  { name: 'models-programs', state: home(), path: '#/models/programs' },
  {
    name: 'models-programs-key',
    state: home(householdModels({ needsKey: true })),
    path: '#/models/programs',
    async act(page) {
      await page.getByRole('combobox', { name: 'Program' }).click()
      await page.getByRole('option', { name: 'curl' }).click()
    },
  },
  {
    name: 'models-alias',
    state: home(),
    path: '#/models/programs',
    async act(page) {
      await press(page, 'Change coder')
      await page.getByRole('button', { name: 'Save name' }).scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'models-alias-wrong',
    state: home(),
    path: '#/models/programs',
    async act(page) {
      await press(page, 'Add a name')
      await page.getByLabel('Name', { exact: true }).fill('fast')
      await page.getByRole('button', { name: 'Save name' }).scrollIntoViewIfNeeded()
    },
  },
  { name: 'models-usage', state: home(), path: '#/models/usage' },
  { name: 'models-usage-empty', state: home(noModels()), path: '#/models/usage', answers: { 'ai.usage': [] } },
  {
    name: 'models-usage-failed',
    state: home(),
    path: '#/models/usage',
    answers: { 'ai.usage': diskFull },
    act: (page) => page.getByText('There is no room left').first().waitFor(),
  },
  { name: 'capabilities-ai', state: home(), path: '#/capabilities/ai' },
  { name: 'capabilities-ai-terms', state: home(), path: '#/capabilities/ai', act: show('Tokens per peer and day') },
  { name: 'capabilities-ai-files', state: home(), path: '#/capabilities/ai', act: show('Path of a file') },
  {
    name: 'capabilities-ai-add',
    state: home(),
    path: '#/capabilities/ai',
    answers: {
      'ai.engine.add': {
        error: { code: 'refused_address', message: '169.254.169.254 is never contacted.', action: 'Give another address.' },
      },
    },
    async act(page) {
      await press(page, 'Add an engine…')
      await page.getByLabel('Address', { exact: true }).fill('http://169.254.169.254')
      await press(page, 'Add engine')
      await page.getByText('is never contacted').waitFor()
    },
  },
  { name: 'capabilities-ai-none', state: calm(), path: '#/capabilities/ai' },
]
