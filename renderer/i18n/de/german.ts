import type { LikeEnglish } from '../catalogue.ts'

export const german: LikeEnglish = {}
