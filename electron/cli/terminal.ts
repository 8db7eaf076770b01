import type { EventEmitter } from 'node:events'
import { createInterface } from 'node:readline'
import { type Readable, Writable } from 'node:stream'
import { FcnError } from '../agent/errors.ts'
import type { TextStream } from './output.ts'
import { printable } from './terminal-text.ts'

/** Where answers are typed; `process.stdin` fits. */
export type Keyboard = Readable & { isTTY?: boolean }

interface TerminalOptions {
  stdin: Keyboard
  /** Questions go here, so that stdout has nothing but the result. */
  stderr: TextStream
  /** Tells of ctrl-C by `SIGINT`, as `process` does. */
  signals: EventEmitter
  json: boolean
}

interface Question {
  /** What is typed is not shown. */
  hidden?: boolean
  /** Takes the question back: the answer is then rejected with the signal's reason. */
  signal?: AbortSignal
}

/** The person who runs the command. */
export interface Terminal {
  /** Somebody can be asked: a terminal on both sides, and no program that waits for a document. */
  readonly interactive: boolean
  /** One typed line without its end. Ctrl-C and ctrl-D end the command: the answer is rejected with `Stopped`. */
  ask(question: string, options?: Question): Promise<string>
  /** Runs `work` with a signal that ctrl-C aborts, which then does not end the program by itself. */
  interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T>
  /** All of standard input; throws `too_large` beyond `limit` bytes. */
  readInput(limit: number): Promise<string>
}

/** The person ended the command or said no. That is no failure of anything: it has an exit code, but no error. */
export class Stopped extends Error {
  override readonly name = 'Stopped'
  readonly exitCode: number

  /** `interrupted` as shells have it for ctrl-C (128 + SIGINT), otherwise a plain no. */
  constructor(message: string, { interrupted = false }: { interrupted?: boolean } = {}) {
    super(message)
    this.exitCode = interrupted ? 130 : 1
  }
}

export function createTerminal({ stdin, stderr, signals, json }: TerminalOptions): Terminal {
  return {
    interactive: stdin.isTTY === true && stderr.isTTY === true && !json,

    async ask(question, { hidden = false, signal } = {}) {
      stderr.write(`${printable(question)} `)
      let line: string | null = null
      try {
        line = await readLine(stdin, { hidden, signal })
        return line
      } finally {
        // the terminal itself echoes the end of a line that is typed visibly
        if (hidden || line === null) stderr.write('\n')
      }
    },

    async interruptible(work) {
      const interrupt = new AbortController()
      const stop = () => interrupt.abort()
      signals.on('SIGINT', stop)
      try {
        return await work(interrupt.signal)
      } finally {
        signals.off('SIGINT', stop)
      }
    },

    async readInput(limit) {
      const chunks: Buffer[] = []
      let size = 0
      for await (const chunk of stdin as AsyncIterable<Buffer | string>) {
        const bytes = Buffer.from(chunk)
        size += bytes.length
        if (size > limit) throw new FcnError('too_large', `The input is longer than ${limit} bytes.`)
        chunks.push(bytes)
      }
      return Buffer.concat(chunks).toString('utf8')
    },
  }
}

/**
 * A visible line is read as the terminal gives it, which echoes and edits it. For a hidden one readline takes over (raw
 * mode) and echoes into nothing.
 */
function readLine(stdin: Readable, { hidden, signal }: { hidden: boolean; signal: AbortSignal | undefined }): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: stdin, terminal: hidden, historySize: 0, ...(hidden && { output: nowhere }) })
  return new Promise<string>((resolve, reject) => {
    const takeBack = () => reject(signal?.reason as Error)
    if (signal?.aborted === true) takeBack()
    signal?.addEventListener('abort', takeBack, { once: true })
    lines.once('line', resolve)
    lines.once('SIGINT', () => reject(new Stopped('Nothing was changed.', { interrupted: true })))
    lines.once('close', () => reject(new Stopped('Nothing was changed.')))
  }).finally(() => lines.close())
}
