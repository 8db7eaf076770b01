import type { Page } from 'playwright-core'
import type { Snapshot } from '../../electron/contract/snapshot.ts'
import type { Answers } from '../fakes/page-server.ts'

/** A screen in a state worth looking at. */
export interface Shot {
  name: string
  state: Snapshot
  path?: string
  /** What the node answers here and nowhere else. */
  answers?: Answers
  /** Sizes of the window by name, where those that every shot has are not enough. */
  sizes?: Record<string, { width: number; height: number }>
  /** What is done before the picture is taken. */
  act?: (page: Page) => Promise<void>
  /** The node is gone when the picture is taken: what is shown is its last known state. */
  away?: boolean
}

/** Presses the first button of each name, one after the other. */
export const press = async (page: Page, ...names: (string | RegExp)[]) => {
  for (const name of names) await page.getByRole('button', { name }).first().click()
}

/** Chooses from the menu in the header of Overview. */
export const joinOrInvite = async (page: Page, item: string) => {
  await page.getByRole('button', { name: 'Join or invite' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Opens what there is to manage of a mesh. */
export const openMesh = async (page: Page, mesh = 'Maple Street') => {
  await page.getByRole('button', { name: `Actions for ${mesh}` }).click()
  await page.getByRole('menuitem', { name: 'Name, admins, relay, recovery…' }).click()
}
