import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

type Results = Awaited<ReturnType<AxeBuilder['analyze']>>

declare global {
  interface Window {
    /** Left in the page by the builder. */
    axe: { run: (within: string, options: { runOnly: string[]; resultTypes: ['violations'] }) => Promise<Results> }
  }
}

/** Rules whose verdict depends on the colour scheme; the others see the same page in both. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** What is no fault of the page. */
const accepted = [
  // rows that are one button are named by a sentence that says what they show; the rule wants their columns word by word
  { rule: 'label-content-name-mismatch', html: 'class="row ' },
  { rule: 'label-content-name-mismatch', html: 'aria-label="Licence of' },
  { rule: 'label-content-name-mismatch', html: 'class="suggestion"' },
  // a name too long for its place in the drawing is shortened there, and whole when it is heard
  { rule: 'label-content-name-mismatch', html: '<a data-node="' },
  // the menu of the library begins with an empty place that takes the focus
  { rule: 'aria-required-children', html: '-dropdown' },
] as const

const linesOf = (scheme: string, { violations }: Results) =>
  violations.flatMap(({ id, help, nodes }) =>
    nodes
      .filter(({ html, target }) => !accepted.some((each) => each.rule === id && `${html} ${target.join(' ')}`.includes(each.html)))
      .map(({ target, any }) => [scheme, id, help, target.join(' '), any[0]?.message].filter(Boolean).join(' | ')),
  )

/**
 * What axe finds on the page, in light by every rule and in dark by those about colour; one line each. Of a page under a
 * dialog or menu only that is looked at: until it is closed there is nothing else for anybody.
 */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  const within = await page.evaluate(() => {
    const above = [...document.querySelectorAll('[aria-modal="true"], .mantine-Menu-dropdown')]
      .filter((element) => element.checkVisibility())
      .at(-1)
    above?.setAttribute('data-looked-at', '')
    return above === undefined ? 'html' : '[data-looked-at]'
  })
  // the other mode opens a second page for each look
  const light = await new AxeBuilder({ page })
    .include(within)
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze()
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  // the colours are there with the next frame
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))))
  const dark = await page.evaluate(({ within, rules }) => window.axe.run(within, { runOnly: rules, resultTypes: ['violations'] }), {
    within,
    rules: colourRules,
  })
  return [...linesOf('light', light), ...linesOf('dark', dark)]
}
