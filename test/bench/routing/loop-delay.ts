/** Lets a bench see from outside how late the event loop of a process is: the first SIGUSR2 begins, the second one writes the file. */
import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'

/** Pause of the timer whose lateness is measured, ms; it is part of what the histogram holds. */
const resolution = 1

export function loopDelayOnSignal(file: string): void {
  const histogram = monitorEventLoopDelay({ resolution })
  let running = false
  process.on('SIGUSR2', () => {
    if (running) {
      histogram.disable()
      const late = (percent: number) => Math.max(0, histogram.percentile(percent) / 1e6 - resolution)
      writeFileSync(file, JSON.stringify({ median: late(50), p99: late(99) }))
    } else {
      histogram.reset()
      histogram.enable()
    }
    running = !running
  })
}
