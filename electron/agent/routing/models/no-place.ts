import type { PlaceWhyNot } from '../../../contract/ai.ts'
import type { ErrorCode } from '../../../contract/error-codes.ts'
import { FcnError } from '../../errors.ts'
import { reasons } from '../why-not.ts'

/** A place that has the model and is not asked. */
export interface PlaceLeftOut {
  id: string
  name: string
  why: PlaceWhyNot
}

const said: Record<PlaceWhyNot, { said: string; code: ErrorCode; action: string }> = {
  ...reasons,
  no_memory: { said: 'has not enough free memory for it', code: 'busy', action: 'Ask for a smaller model, or try again later.' },
  budget_spent: {
    said: 'has given this computer all the tokens that its owner allows for today',
    code: 'too_many',
    action: 'Ask for another model, or again tomorrow.',
  },
}

/** The error for a model that nobody has; `near` are names that there are. */
export function unknownModel(model: string, near: readonly string[]): FcnError {
  return new FcnError('not_found', `No node of your meshes has a model “${model.slice(0, 128)}”.`, {
    action: near.length === 0 ? 'Share a model server on a node of the mesh first.' : `There are: ${near.slice(0, 8).join(', ')}.`,
    // by this programs know that there is no such model (dialects/model-lists.ts)
    details: { model: model.slice(0, 128) },
  })
}

/** The error for a model that is there and cannot be asked for: where it is, why not, and what to do. */
export function noPlace(model: string, leftOut: readonly PlaceLeftOut[]): FcnError {
  const details = { leftOut: leftOut.slice(0, 50).map((one) => ({ ...one })) }
  const why = leftOut.slice(0, 3).map((one) => `“${one.name}” ${said[one.why].said}`)
  const kinds = new Set(leftOut.map((one) => one.why))
  const [only] = kinds
  const { code, action } =
    kinds.size === 1 && only !== undefined
      ? said[only]
      : { code: 'no_peer' as const, action: 'Try again when one of these nodes is ready.' }
  return new FcnError(code === 'not_found' ? 'no_peer' : code, `Nobody can run “${model.slice(0, 128)}” now: ${why.join('; ')}.`, {
    action,
    details,
  })
}
