import type { LikeEnglish } from '../catalogue.ts'

export const spanish: LikeEnglish = {}
