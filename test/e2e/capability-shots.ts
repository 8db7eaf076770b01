import type { Page } from 'playwright-core'
import { allHeld, allPaused, everyState, otherStates, untold } from '../fixtures/capabilities.ts'
import { press, type Shot } from './shot.ts'

const scrollTo = (heading: string) => (page: Page) => page.getByRole('heading', { name: heading, exact: true }).scrollIntoViewIfNeeded()

/** The cards of the capabilities, their limits, and pausing. */
export const capabilityShots: Shot[] = [
  { name: 'capabilities-states', state: everyState(), path: '#/capabilities' },
  { name: 'capabilities-others', state: otherStates(), path: '#/capabilities' },
  { name: 'capabilities-held', state: allHeld(), path: '#/capabilities' },
  { name: 'capabilities-paused', state: allPaused(), path: '#/capabilities' },
  { name: 'capabilities-paused-open', state: allPaused(null), path: '#/capabilities' },
  { name: 'capabilities-pause-menu', state: everyState(), path: '#/capabilities', act: (page) => press(page, 'Pause everything') },
  { name: 'capabilities-limits', state: everyState(), path: '#/capabilities', act: (page) => press(page, 'Limits of Storage') },
  { name: 'capabilities-limits-chosen', state: everyState(), path: '#/capabilities/compute', act: scrollTo('When') },
  { name: 'capabilities-limits-hours', state: allHeld(), path: '#/capabilities/archive', act: scrollTo('Who may use it') },
  { name: 'capabilities-limits-untold', state: untold(), path: '#/capabilities/compute' },
  {
    name: 'capabilities-limits-wrong',
    state: everyState(),
    path: '#/capabilities/storage',
    async act(page) {
      await page.getByLabel('Requests at once').fill('8')
      await page.getByLabel('Waiting requests').fill('5000')
      await page.keyboard.press('Tab')
      await page.getByText('A whole number from 0 to 1024.').scrollIntoViewIfNeeded()
    },
  },
  { name: 'capabilities-how-to', state: everyState(), path: '#/capabilities', act: (page) => press(page, 'How to get one for Gateway') },
  {
    name: 'capabilities-refused',
    state: everyState(),
    path: '#/capabilities',
    answers: {
      'capability.set': {
        error: {
          code: 'invalid_input',
          message: 'The capability “gateway” needs the address of the program behind it.',
          action: 'Give the address of any HTTP service that leads to the internet.',
        },
      },
    },
    async act(page) {
      await page.getByRole('switch', { name: 'Offer Gateway' }).press('Space')
      await page.getByText('needs the address').scrollIntoViewIfNeeded()
    },
  },
  {
    name: 'capabilities-saved',
    state: everyState(),
    path: '#/capabilities/compute',
    answers: {
      'capability.set': everyState().capabilities['compute'] as NonNullable<ReturnType<typeof everyState>['capabilities'][string]>,
    },
    async act(page) {
      await page.getByRole('switch', { name: 'On battery' }).press('Space')
      await page.getByRole('button', { name: 'Undo' }).waitFor()
    },
  },
  { name: 'overview-paused', state: allPaused() },
  {
    name: 'node-menu',
    state: everyState(),
    // below 720 px there is no rail
    act: async (page) => ((page.viewportSize()?.width ?? 0) < 720 ? undefined : press(page, /Open the node menu/u)),
  },
]
