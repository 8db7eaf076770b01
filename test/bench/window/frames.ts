/** What a page's main thread does, from the browser's own trace, and the frames it shows, as the page counts them. */
import type { Browser, Page } from 'playwright-core'
import { z } from 'zod'
import type { Bar } from '../figure.ts'
import { quantile } from '../measure.ts'

/** Longer than this and a person sees it stand still, ms. */
export const longFrame = 50

export interface Frames {
  /** Frames that took longer than `longFrame` from their first task until they were drawn, ms each. */
  long: number[]
  /** The longest piece of work on the main thread by the clock, and by the processor time it took: others' work does not count there, ms. */
  longestTask: number
  longestWork: number
  /** Share of the time that the main thread computed. */
  busy: number
  /** Frames drawn a second, and from one to the next, ms: what 95 of 100 stay below. */
  perSecond: number
  interval: number
}

/** No long frame; not judged where a page that does nothing has some, because others use the machine. */
export const noLongFrame = (ours: Frames, reference: Frames): Bar => ({
  text: 'none',
  holds: ours.long.length === 0 || (reference.long.length > 0 ? null : false),
})

/** Runs `during` and says what the page did meanwhile. One browser traces one page at a time. */
export async function watchFrames(browser: Browser, page: Page, during: () => Promise<void>): Promise<Frames> {
  await page.evaluate(startCounting)
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline', '__metadata'] })
  const begun = performance.now()
  await during()
  const took = performance.now() - begun
  const tasks = tasksIn(await browser.stopTracing())
  const { long, intervals } = await page.evaluate(stopCounting)
  const work = tasks.map(({ work }) => work)
  return {
    long,
    longestTask: Math.max(0, ...tasks.map(({ wall }) => wall)),
    longestWork: Math.max(0, ...work),
    busy: work.reduce((sum, one) => sum + one, 0) / took,
    perSecond: (1_000 * intervals.length) / took,
    interval: quantile(intervals, 0.95),
  }
}

declare global {
  interface Window {
    benchFrames?: { long: number[]; intervals: number[]; stop: () => void }
  }
}

/** Runs in the page: counts frames, and those that the browser itself calls long. */
function startCounting(): void {
  const counted = { long: [] as number[], intervals: [] as number[], stop: () => {} }
  const observer = new PerformanceObserver((list) => counted.long.push(...list.getEntries().map(({ duration }) => duration)))
  observer.observe({ type: 'long-animation-frame' })
  let before: number | null = null
  let next = 0
  const frame = (now: number) => {
    if (before !== null) counted.intervals.push(now - before)
    before = now
    next = requestAnimationFrame(frame)
  }
  next = requestAnimationFrame(frame)
  counted.stop = () => {
    cancelAnimationFrame(next)
    observer.disconnect()
  }
  window.benchFrames = counted
}

function stopCounting(): { long: number[]; intervals: number[] } {
  const { long = [], intervals = [], stop } = window.benchFrames ?? {}
  stop?.()
  return { long, intervals }
}

const traceEvent = z.object({
  name: z.string(),
  ph: z.string(),
  pid: z.number(),
  tid: z.number(),
  /** Microseconds, by the clock and of the processor. */
  dur: z.number().optional(),
  tdur: z.number().optional(),
  args: z.record(z.string(), z.unknown()).optional(),
})

/** Every task of the main thread of the page, ms. The page's process is the one in which most was computed. */
function tasksIn(trace: Buffer): { wall: number; work: number }[] {
  const { traceEvents } = z.object({ traceEvents: z.array(traceEvent) }).parse(JSON.parse(trace.toString()))
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args?.['name'] === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  )
  const byThread = new Map<string, { wall: number; work: number }[]>()
  for (const { name, ph, pid, tid, dur = 0, tdur = dur } of traceEvents) {
    const thread = `${pid} ${tid}`
    if (ph !== 'X' || !name.endsWith('RunTask') || !mains.has(thread)) continue
    const tasks = byThread.get(thread) ?? []
    tasks.push({ wall: dur / 1_000, work: tdur / 1_000 })
    byThread.set(thread, tasks)
  }
  const workOf = (tasks: { work: number }[]) => tasks.reduce((sum, { work }) => sum + work, 0)
  return [...byThread.values()].toSorted((a, b) => workOf(b) - workOf(a))[0] ?? []
}
