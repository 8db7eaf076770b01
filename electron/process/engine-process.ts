import { fork } from 'node:child_process'
import type { StartEngineProcess } from '../agent/engine-components.ts'

/** Characters of what it writes on stderr that are kept. */
const maxErrors = 4_000

/** Runs the engine’s program (`engine.js` beside the program, or its source) as a process of Node. */
export const forkedEngine =
  (program: string): StartEngineProcess =>
  ({ heap }) => {
    const child = fork(program, [], {
      execArgv: [`--max-old-space-size=${heap}`, '--disable-warning=ExperimentalWarning'],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      // nothing of the node’s own environment, which may hold secrets, but what finding libraries needs
      env: kept(process.env),
    })
    let errors = ''
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-maxErrors)))
    return {
      pid: child.pid,
      // what it is told after its end needs no answer: onExit tells
      send: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        let told = false
        const tellOnce = (code: number | null) => {
          if (told) return
          told = true
          listener({ code, errors })
        }
        child.once('exit', (code) => tellOnce(code))
        child.once('error', (error) => {
          errors += error.message
          if (child.pid === undefined) tellOnce(null)
        })
      },
      kill: () => void child.kill('SIGKILL'),
    }
  }

const neededNames = /^(?:PATH|HOME|USER|LANG|LC_\w+|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|LD_LIBRARY_PATH|CUDA_\w+|GGML_\w+|VK_\w+)$/iu
const kept = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => neededNames.test(name)))
