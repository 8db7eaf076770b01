/** The membership core in virtual time; needs no network and nothing but a processor. */
import type { Figure } from '../figure.ts'
import { faultFigures } from './faults.ts'
import { lossFigures } from './losses.ts'
import { sizeFigures } from './sizes.ts'

export const simulated = async (): Promise<Figure[]> => [...(await faultFigures()), ...(await lossFigures()), ...(await sizeFigures())]
