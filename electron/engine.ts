/**
 * The process of the engine for model files, started by a node (`agent/capabilities/ai/embedded`) and ended with it. It has
 * its own memory and may crash alone. Everything it needs to know is told over the channel to the node. No logic here.
 */
import { setPriority } from 'node:os'
import { type FromEngine, pulseInterval, toEngine, type ToEngine } from './agent/capabilities/ai/embedded/engine-messages.ts'
import { startEngineServer } from './engine/engine-server.ts'
import { openLibrary } from './engine/llama-library.ts'
import { createModelShelf } from './engine/model-shelf.ts'
import { openParentPort } from './engine/parent-port.ts'

/** Below what a person works with (nice on POSIX, below normal on Windows). */
const priority = 10

const port = openParentPort(process)
if (port === null) {
  process.stderr.write('This program is a part of Free Compute Node, which starts it.\n')
  process.exit(64)
}
const tell = (message: FromEngine) => port.send(message)

async function begin({ key, package: file, threads, memory, files }: Extract<ToEngine, { type: 'begin' }>) {
  const load = await openLibrary({ package: file, threads, memory })
  const shelf = createModelShelf({
    load,
    onState: (model, state, message) => tell({ type: 'model', model, state, ...(message !== undefined && { message }) }),
  })
  const serve = (served: typeof files) => shelf.setFiles(new Map(served.map(({ model, path }) => [model, path])))
  serve(files)
  const { port: listening } = await startEngineServer({ shelf }, { key })
  setInterval(() => tell({ type: 'pulse', busy: shelf.busy(), memory: process.memoryUsage.rss() }), pulseInterval)
  tell({ type: 'ready', port: listening })
  return serve
}

setPriority(priority)
port.onGone(() => process.exit(0))

let serving: ReturnType<typeof begin> | null = null
port.onMessage((said) => {
  const message = toEngine.parse(said)
  if (message.type === 'begin') {
    serving = begin(message)
    serving.catch((error: unknown) => {
      tell({ type: 'failed', message: error instanceof Error ? error.message.slice(0, 2_000) : 'unknown' })
      process.exitCode = 1
    })
  } else void serving?.then((serve) => serve(message.files))
})
