import type { ZodError } from 'zod'
import { type CallHandlers, type CallName, type CallResult, calls, isCallName } from '../../contract/calls.ts'
import { FcnError, toFcnError } from '../errors.ts'
import { issueText } from '../support/issue-text.ts'
import type { Logger } from '../support/logger.ts'

export type Dispatch = <N extends CallName>(name: N, input: unknown) => Promise<CallResult<N>>

/** Runs one call: unknown names and bad input are refused here, errors come back as data. Never rejects. */
export function createDispatch(handlers: CallHandlers, log: Logger): Dispatch {
  return async (name, input) => {
    try {
      if (!isCallName(name)) throw new FcnError('not_found', `There is no call “${String(name).slice(0, 100)}”.`)
      const parsed = calls[name].input.safeParse(input ?? {})
      if (!parsed.success) throw invalidInput(parsed.error)
      const handler = handlers[name] as (input: unknown) => unknown
      return { ok: true, value: (await handler(parsed.data)) as never }
    } catch (thrown) {
      const error = toFcnError(thrown)
      if (error.code === 'internal') log.error({ error: thrown, call: name }, 'A call failed unexpectedly.')
      return { ok: false, error: error.toFailure() }
    }
  }
}

function invalidInput(error: ZodError): FcnError {
  return new FcnError('invalid_input', `The input is not valid: ${issueText(error)}.`, {
    details: { fields: error.issues.slice(0, 5).map(({ path }) => path.map(String).join('.')) },
  })
}
