import { type ChildProcess, fork, type ForkOptions } from 'node:child_process'

/** Electron's utility processes as processes of Node: `postMessage` is `send`, and the program finds Node's channel in place of Electron's. */
export const utilityProcess = {
  fork(program: string, args: string[] = [], { execArgv = [] }: { execArgv?: string[] } = {}) {
    const options: ForkOptions = { execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] }
    const child = fork(program, args, options)
    const end = child.kill.bind(child)
    return Object.assign(child as Omit<ChildProcess, 'kill'>, {
      postMessage: (message: object) => void (child.connected && child.send(message)),
      kill: () => end('SIGTERM'),
    })
  },
}
