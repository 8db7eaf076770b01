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
  /** What is done before the picture is taken. */
  act?: (page: Page) => Promise<void>
  /** The node is gone when the picture is taken: what is shown is its last known state. */
  away?: boolean
}

/** Presses the first button of each name, one after the other. */
export const press = async (page: Page, ...names: (string | RegExp)[]) => {
  for (const name of names) await page.getByRole('button', { name }).first().click()
}

/** Opens what there is to manage of a mesh. */
export const openMesh = async (page: Page, mesh = 'Maple Street') => {
  await page.getByRole('button', { name: `Actions for ${mesh}` }).click()
  await page.getByRole('menuitem', { name: 'Name, admins, relay, recovery…' }).click()
}
