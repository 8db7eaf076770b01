import type { utilityProcess } from 'electron'
import type { StartEngineProcess } from '../agent/engine-components.ts'

/** Characters of what it writes on stderr that are kept. */
const maxErrors = 4_000

/**
 * Runs the engine’s program as a utility process: the packed app does not run as plain Node (fuse runAsNode), so that a
 * fork of Node is not to be had.
 */
export const utilityEngine =
  (processes: Pick<typeof utilityProcess, 'fork'>, program: string): StartEngineProcess =>
  ({ heap }) => {
    const child = processes.fork(program, [], {
      ...{ serviceName: 'Free Compute Node engine', stdio: 'pipe', execArgv: [`--max-old-space-size=${heap}`] },
      // macOS: llama.cpp was not signed by whoever signed this app
      allowLoadingUnsignedLibraries: true,
    })
    const post = child.postMessage.bind(child)
    let errors = ''
    child.stderr?.on('data', (text: Buffer) => (errors = (errors + text.toString('utf8')).slice(-maxErrors)))
    return {
      pid: child.pid,
      send: (message) => post(message),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void child.once('exit', (code) => listener({ code, errors })),
      kill: () => void child.kill(),
    }
  }
