import { styleText } from 'node:util'
import type { Failure } from '../contract/failure.ts'
import { printable } from './terminal-text.ts'

/** What a command needs of a stream; `process.stdout` and `process.stderr` fit. */
export interface TextStream {
  write(text: string): unknown
  isTTY?: boolean | undefined
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
  /** `document` has the contract's field names; `text` may be several lines. */
  result(document: unknown, text: string): void
  /** Progress and hints, on stderr so that stdout stays clean; silent for programs. */
  note(text: string): void
  /** What happened and what to do, on stderr; for programs also `{error}` on stdout. */
  failure(failure: Failure): void
}

export function createOutput({ stdout, stderr, json, env }: OutputOptions): Output {
  const coloured = stderr.isTTY === true && !env['NO_COLOR'] && env['TERM'] !== 'dumb'
  const mark = coloured ? styleText('red', 'error:', { validateStream: false }) : 'error:'
  const writeDocument = (document: unknown) => stdout.write(`${JSON.stringify(document, null, 2)}\n`)
  return {
    result(document, text) {
      if (json) writeDocument(document)
      else if (text !== '') stdout.write(`${text}\n`)
    },
    note(text) {
      if (!json) stderr.write(`${text}\n`)
    },
    failure(failure) {
      stderr.write(`${mark} ${printable(failure.message)}\n`)
      if (failure.action !== undefined) stderr.write(`${printable(failure.action)}\n`)
      if (json) writeDocument({ error: failure })
    },
  }
}
