/** The membership core in virtual time; needs no network and nothing but a processor. */
import type { Figure } from '../../figure.ts'
import { faultFigures, partitionFigures } from './faults.ts'
import { detectionFigures, lossFigures, plainSwimFigures } from './losses.ts'
import { sizeFigures } from './sizes.ts'

/** Those that take longest come last. */
const parts = [faultFigures, plainSwimFigures, detectionFigures, partitionFigures, lossFigures, sizeFigures]

export async function* simulated(): AsyncGenerator<Figure[]> {
  for (const part of parts) yield await part()
}
