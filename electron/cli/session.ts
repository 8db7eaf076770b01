import type { LocalClient } from './client.ts'
import type { Output } from './output.ts'
import type { Terminal } from './terminal.ts'

/** What a command works with. */
export interface Session {
  client: LocalClient
  output: Output
  terminal: Terminal
  dataDir: string
  env: NodeJS.ProcessEnv
  /** Wall clock, ms since 1970. */
  now(): number
  pause(ms: number): Promise<void>
  /** Runs the headless node in the foreground and resolves with its exit code. */
  runHeadless(args: readonly string[]): Promise<number>
}

/** Opened when a command runs: only then it is known which data folder and format the command line asks for. */
export type OpenSession = () => Session
