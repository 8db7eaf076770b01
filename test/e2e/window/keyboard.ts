import type { Locator, Page } from 'playwright-core'

/** Most stops of the Tab key on one screen before it is said that something cannot be reached. */
const mostStops = 60

/** Goes on with the Tab key until `target` has the focus, as somebody without a mouse does. Throws when it never gets there. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  // what takes the focus need not be what is drawn: the radio behind a segment
  await target.waitFor({ state: 'attached' })
  for (let stops = 0; stops < mostStops; stops++) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${String(target)}`)
}

export const hasFocus = (target: Locator): Promise<boolean> => target.evaluate((element) => element === element.ownerDocument.activeElement)

/** Reaches a button, or whatever else Enter works on, and presses Enter. */
export async function enterOn(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}
