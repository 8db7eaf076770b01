import { z } from 'zod'
import { FcnError } from '../errors.ts'
import { issueText } from '../support/issue-text.ts'
import { parseJson } from '../support/json.ts'
import { longestName, maxStopTexts } from './limits.ts'
import type { JsonObject } from './task.ts'

/** Words that the requests of all dialects have. */
export const name = z.string().min(1).max(longestName)
export const jsonObject = z.record(z.string(), z.unknown())
export const flag = z.boolean().nullish()
export const number = z.number().nullish()
export const stopTexts = z.union([z.string().transform((text) => [text]), z.array(z.string()).max(maxStopTexts)]).nullish()

/** What a program sent, when it has the form of the request; throws `invalid_input` with what is wrong otherwise. */
export function readForm<T>(schema: z.ZodType<T>, body: unknown): T {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  throw new FcnError('invalid_input', `The request cannot be used: ${issueText(read.error)}.`)
}

/** An honest no to what another dialect has no words for. `what` begins the sentence, e.g. “More than one answer (n)”. */
export function untranslatable(what: string): FcnError {
  return new FcnError(
    'invalid_input',
    `${what} cannot be asked of the engine that has this model: it speaks another dialect than this program.`,
    {
      details: { untranslatable: true },
    },
  )
}

/** The arguments of a tool call as an object, as some dialects want them; null when the text is none. No text: no arguments. */
export function argumentsObject(text: string): JsonObject | null {
  const value = text.trim() === '' ? {} : parseJson(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null
}

/** The same, for a call that the program shows to the model again. */
export function shownArguments(tool: string, text: string): JsonObject {
  const value = argumentsObject(text)
  if (value !== null) return value
  throw new FcnError('invalid_input', `The arguments of the tool call “${tool.slice(0, 100)}” are no JSON object.`)
}

/** Fields that have a value, so that what was not said is not said. */
export function said<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as Partial<T>
}
