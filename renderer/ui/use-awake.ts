import { useAfter } from './use-after.ts'

/** A button that lets somebody in wakes after this, so that nobody presses it by accident, ms. */
const wakeAfter = 1_500

/** False at first, true once what is shown could have been read. */
export const useAwake = (): boolean => useAfter(wakeAfter)
