import type { Arabic } from '../catalogue.ts'

export const arabic: Arabic = {}
