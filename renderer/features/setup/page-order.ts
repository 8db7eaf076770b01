import { type SetupPage, setupPages } from '../../../electron/contract/setup.ts'

/** The page before, null at the first. */
export const pageBefore = (page: SetupPage): SetupPage | null => setupPages[setupPages.indexOf(page) - 1] ?? null

/** The page after; the last one stays. */
export const pageAfter = (page: SetupPage): SetupPage => setupPages[setupPages.indexOf(page) + 1] ?? page
