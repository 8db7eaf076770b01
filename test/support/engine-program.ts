/** An engine in a process of its own; started by engine-process.ts, which says what it is to be. */
import { startFakeEngine } from '../fakes/ai/fake-engine.ts'
import type { EngineOrder, EngineReport } from './engine-process.ts'
import { llamaSpeaker } from './llama-speaker.ts'

const order = JSON.parse(process.argv[2] ?? '{}') as EngineOrder
const { gguf, ...options } = order
const engine = await startFakeEngine({ ...options, ...(gguf !== undefined && { speaker: await llamaSpeaker(gguf) }) })
const report = (): EngineReport => ({
  ...{ port: engine.port, asked: engine.asked.length, running: engine.running(), abandoned: engine.abandoned() },
})

process.on('message', () => process.send?.(report()))
process.on('disconnect', () => process.exit(0))
process.send?.(report())
