import { randomBytes } from 'node:crypto'

/** Randomness as a parameter. `bytes` is fit for secrets in the real one; `fraction` is in [0, 1). */
export interface Random {
  bytes(count: number): Uint8Array
  fraction(): number
}

export const systemRandom: Random = {
  bytes: (count) => randomBytes(count),
  fraction: () => Math.random(),
}
