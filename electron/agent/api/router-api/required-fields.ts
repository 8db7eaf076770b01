import { FcnError } from '../../errors.ts'

/** The old nodes take an empty field for an absent one. */
export const isGiven = (value: unknown) => value !== undefined && value !== null && value !== '' && value !== 0 && value !== false

/** In the very words of the Router API v0.1. */
export const missingFields = () => new FcnError('invalid_input', 'Missing required fields')
