/** Whether the page's memory stays what it is while it shows what changes. */
import type { Browser, CDPSession } from 'playwright-core'
import { type Figure, atMost } from '../figure.ts'
import { median } from '../measure.ts'
import { crowdSize, startCrowd } from './crowd.ts'
import { pause } from './pause.ts'

/** Before the first sample, and between samples, s. */
const settled = 20
const every = 5
/** The heap varies by what is under way when it is looked at. */
const tolerance = 1.05

interface Sample {
  /** Bytes of objects that are in use, after garbage was collected. */
  heap: number
  nodes: number
}

export async function memory(browser: Browser, { minutes }: { minutes: number }): Promise<Figure[]> {
  const server = await startCrowd()
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  const stop = server.start()
  try {
    await page.goto(`${server.url}#/peers`)
    await page.locator('#main h1').waitFor()
    const session = await page.context().newCDPSession(page)
    await session.send('Performance.enable')
    await pause(settled)
    const samples: Sample[] = []
    for (let i = 0; i < (minutes * 60) / every; i++) {
      samples.push(await sample(session))
      await pause(every)
    }
    const third = Math.ceil(samples.length / 3)
    const [first, last] = [samples.slice(0, third), samples.slice(-third)]
    const heapOf = (some: Sample[]) => median(some.map(({ heap }) => heap / 2 ** 20))
    const nodesOf = (some: Sample[]) => median(some.map(({ nodes }) => nodes))
    return [
      {
        ...{
          what: `heap with ${crowdSize} peers, last third of ${minutes} min`,
          unit: 'MiB',
          values: [heapOf(last)],
          beside: heapOf(first),
        },
        bars: [atMost(tolerance * heapOf(first), [heapOf(last)], `≤ ${tolerance}× of the first third`)],
      },
      {
        ...{ what: 'nodes of the page', unit: '', values: [nodesOf(last)], beside: nodesOf(first) },
        bars: [atMost(tolerance * nodesOf(first), [nodesOf(last)], `≤ ${tolerance}× of the first third`)],
      },
    ]
  } finally {
    stop()
    await page.close()
    await server.stop()
  }
}

async function sample(session: CDPSession): Promise<Sample> {
  await session.send('HeapProfiler.collectGarbage')
  const { metrics } = await session.send('Performance.getMetrics')
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes') }
}
