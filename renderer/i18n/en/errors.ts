import { type ErrorCode, errorTable } from '../../../electron/contract/error-codes.ts'

type Titles = { [C in ErrorCode]: (typeof errorTable)[C]['title'] }

/** What went wrong, by the code of the failure. No full stop: a sentence may go on, or not. */
export const errors = {
  title: Object.fromEntries(Object.entries(errorTable).map(([code, { title }]) => [code, title])) as Titles,
  /** After the title, where the node says when to try again. */
  retryAfter_one: 'Try again in {{count}} second.',
  retryAfter_other: 'Try again in {{count}} seconds.',
} as const
