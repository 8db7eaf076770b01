import type { FcnError } from '../errors.ts'

/** What happened and what to do about it: the dialects have one text for both. */
export const errorSentence = ({ message, action }: FcnError): string => (action === undefined ? message : `${message} ${action}`)
