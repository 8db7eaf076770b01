import { styleText } from 'node:util'
import type { Failure } from '../contract/failure.ts'
import { printable, printableJson, printableLines } from './terminal-text.ts'

/** What a command needs of a stream; `process.stdout` and `process.stderr` fit. */
export interface TextStream {
  /** False when it is full: more is welcome after `drain`. */
  write(text: string): unknown
  once?(event: 'drain', listener: () => void): unknown
  isTTY?: boolean | undefined
  /** Width of the terminal, characters. */
  columns?: number | undefined
}

export interface OutputOptions {
  stdout: TextStream
  stderr: TextStream
  /** Exactly one JSON document on stdout, whatever happens. */
  json: boolean
  env: NodeJS.ProcessEnv
}

/** Where the result of a command goes: a document for programs or a text for people, never both. */
export interface Output {
  /** A program waits for one document. */
  readonly json: boolean
  /** Width of the terminal that the result goes to, characters, 80 when it does not say; null when it goes elsewhere. */
  readonly width: number | null
  /** `document` has the contract's field names; `text` may be several lines. */
  result(document: unknown, text: string): void
  /** Progress and hints, on stderr so that stdout stays clean; silent for programs. */
  note(text: string): void
  /** What happened and what to do, on stderr; for programs also `{error}` on stdout. */
  failure(failure: Failure): void
  /** A piece of a long result, as it is. Resolves when more may follow. */
  stream(text: string): Promise<void>
  /** How far something is, in place of the last such text; '' takes it away. Only for a terminal. */
  progress(text: string): void
}

export function createOutput({ stdout, stderr, json, env }: OutputOptions): Output {
  const coloured = stderr.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  const mark = coloured ? styleText('red', 'error:', { validateStream: false }) : 'error:'
  const writeDocument = (document: unknown) => stdout.write(`${printableJson(document, 2)}\n`)
  return {
    json,
    width: stdout.isTTY === true ? stdout.columns || 80 : null,
    result(document, text) {
      if (json) writeDocument(document)
      else if (text !== '') stdout.write(`${printableLines(text)}\n`)
    },
    note(text) {
      if (!json) stderr.write(`${printableLines(text)}\n`)
    },
    failure(failure) {
      stderr.write(`${mark} ${printable(failure.message)}\n`)
      if (failure.action !== undefined) stderr.write(`${printable(failure.action)}\n`)
      if (json) writeDocument({ error: failure })
    },
    async stream(text) {
      if (stdout.write(text) === false && stdout.once) await new Promise<void>((resolve) => void stdout.once?.('drain', resolve))
    },
    progress(text) {
      if (stderr.isTTY === true && !json) stderr.write(`\r\u001b[K${printable(text)}`)
    },
  }
}
