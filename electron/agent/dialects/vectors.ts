import { z } from 'zod'
import { maxTexts } from './limits.ts'

/** Vectors as engines send them. */
export const vectorList = z.array(z.array(z.number())).max(maxTexts)

/** A vector as base64 of 32-bit floats, little-endian: what OpenAI’s clients ask for by themselves. */
export function vectorToBase64(vector: readonly number[]): string {
  const bytes = Buffer.alloc(vector.length * 4)
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4)
  return bytes.toString('base64')
}

export function vectorFromBase64(text: string): number[] {
  const bytes = Buffer.from(text, 'base64')
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4))
}
