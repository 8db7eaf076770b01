import type { LikeEnglish } from '../catalogue.ts'

export const french: LikeEnglish = {}
