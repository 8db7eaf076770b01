import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

declare global {
  interface Window {
    /** Left in the page by the builder. */
    axe: { run: (options: { runOnly: string[]; resultTypes: ['violations'] }) => Promise<Results> }
  }
}

/** Rules whose verdict depends on the colour scheme; the others see the same page in both. */
const colourRules = ['color-contrast', 'link-in-text-block']

/**
 * Rows that are one button: they are named by a sentence that says what they show in the order it is listened to, and
 * begins with what one would say to open them. The rule wants the columns word by word.
 */
const isNamedBySentence = (rule: string, html: string) => rule === 'label-content-name-mismatch' && html.includes('class="peer-row"')

const linesOf = (scheme: string, { violations }: Results) =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ html }) => !isNamedBySentence(id, html))
      .map(({ target, any }) => [scheme, id, help, target.join(' '), any[0]?.message].filter(Boolean).join(' | ')),
  )

/** What axe finds on the page, in light by every rule and in dark by those about colour; one line each. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  // the other mode opens a second page for each look
  const light = await new AxeBuilder({ page })
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  const dark = await page.evaluate((rules) => window.axe.run({ runOnly: rules, resultTypes: ['violations'] }), colourRules)
  return [...linesOf('light', light), ...linesOf('dark', dark)]
}
