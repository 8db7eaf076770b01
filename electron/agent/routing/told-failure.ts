import type { ErrorCode } from '../../contract/error-codes.ts'
import { failure } from '../../contract/failure.ts'
import { FcnError } from '../errors.ts'
import { parseJson } from '../support/json.ts'

/** Longest failure that is read, bytes. */
const longest = 64 * 1024

/** The failure that another node tells as its answer, read to its end so that it can be told in other words. */
export class ToldFailure {
  readonly #code: ErrorCode
  #chunks: Buffer[] = []
  #bytes = 0

  constructor(code: ErrorCode) {
    this.#code = code
  }

  push(chunk: Buffer): void {
    this.#bytes += chunk.length
    if (this.#bytes > longest) this.#chunks = []
    else this.#chunks.push(chunk)
  }

  error(): FcnError {
    const told = failure.safeParse(parseJson(Buffer.concat(this.#chunks).toString('utf8')))
    if (told.success && told.data.code === this.#code) return FcnError.from(told.data)
    return new FcnError(this.#code, 'The node that was asked cannot serve this, and does not say why.')
  }
}
