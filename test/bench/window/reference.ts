/** Pages that do next to nothing: what the machine and the browser take by themselves. */
import type { Page } from 'playwright-core'

/** On the origin of `url`, an empty page that reads the same stream of changes and shows the number of the last. */
export async function openReader(page: Page, url: string): Promise<void> {
  await page.goto(`${url}no-such-page`)
  await page.evaluate(() => {
    const stream = new EventSource('/local/v1/events')
    stream.addEventListener('change', ({ data }) => {
      document.body.textContent = String((JSON.parse(data as string) as { revision: number }).revision)
    })
  })
}

/** A page of plain rows as high as ours and nothing else, in an area that scrolls. */
export async function openRows(page: Page, url: string, { count, height }: { count: number; height: number }): Promise<void> {
  await page.goto(`${url}no-such-page`)
  await page.evaluate(
    ({ count, height }) => {
      const area = document.createElement('main')
      area.style.cssText = 'position:fixed;inset:0;overflow:auto'
      for (let i = 0; i < count; i++) {
        const row = document.createElement('div')
        row.style.blockSize = `${height}px`
        row.textContent = `row ${i}`
        area.append(row)
      }
      document.body.replaceChildren(area)
    },
    { count, height },
  )
}
