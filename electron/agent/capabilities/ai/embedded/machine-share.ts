import { availableParallelism, totalmem } from 'node:os'

/** What the engine may take of this machine: the rest is for whoever sits before it. `memory` in bytes. */
export const machineShare = (cores = availableParallelism(), memory = totalmem()): { threads: number; memory: number } => ({
  threads: Math.max(1, Math.floor(cores / 2)),
  memory: Math.floor(memory * 0.75),
})
