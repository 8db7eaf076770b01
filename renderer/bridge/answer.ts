import { z } from 'zod'
import { type CallName, type CallOutput, calls } from '../../electron/contract/calls.ts'
import { failure } from '../../electron/contract/failure.ts'
import { CallError } from './bridge.ts'

const answer = z.union([z.object({ error: failure }), z.object({ value: z.unknown() })])

/**
 * Reads the answer to a call as it came over IPC or HTTP (`{value}` or `{error}`) and checks it against the contract.
 * Throws CallError: the agent's own failure, or `bad_answer` when the answer does not fit the table.
 */
export function readAnswer<N extends CallName>(name: N, raw: unknown): CallOutput<N> {
  const parsed = answer.safeParse(raw)
  if (!parsed.success) throw notUnderstood(name)
  if ('error' in parsed.data) throw new CallError(parsed.data.error)
  const value = calls[name].output.safeParse(parsed.data.value)
  if (!value.success) throw notUnderstood(name)
  return value.data as CallOutput<N>
}

const notUnderstood = (name: string) =>
  new CallError({
    code: 'bad_answer',
    message: `This page did not understand the node’s answer to ${name}.`,
    action: 'Reload the page. If it stays, the page and the node are of different versions.',
  })
