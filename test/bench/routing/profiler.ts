/** Lets a bench profile a process from outside: the first SIGUSR2 starts the profiler, the second one ends it and writes the file. */
import { writeFileSync } from 'node:fs'
import { Session } from 'node:inspector/promises'

/** Short, since a request takes some ten functions of a microsecond each, µs. */
const interval = 250

export function profileOnSignal(file: string): void {
  const session = new Session()
  session.connect()
  let running = false
  const toggle = async () => {
    if (running) {
      const { profile } = await session.post('Profiler.stop')
      writeFileSync(file, JSON.stringify(profile))
    } else {
      await session.post('Profiler.enable')
      await session.post('Profiler.setSamplingInterval', { interval })
      await session.post('Profiler.start')
    }
    running = !running
  }
  process.on('SIGUSR2', () => void toggle())
}
