/** What a part of a bench found: figures beside their bars, printed as a table. */
import { median, printCells } from './measure.ts'

export interface Bar {
  /** As the table shows it, "≤ 0.5× memberlist". */
  text: string
  /** Null when it cannot be judged here, because there is nothing to compare with. */
  holds: boolean | null
}

export interface Figure {
  what: string
  unit: string
  /** One value per run or node. */
  values: readonly number[]
  /** The same of somebody else, in the same unit. */
  beside?: number
  bars: Bar[]
}

export const worst = (values: readonly number[]) => Math.max(...values)

/** Holds when there are values and none is above. */
export const atMost = (most: number, values: readonly number[], text: string): Bar => ({
  text,
  holds: values.length > 0 && worst(values) <= most,
})

/** Prints them; false when a bar does not hold. */
export function printFigures(figures: readonly Figure[], beside: string): boolean {
  printCells([['what', 'median', 'worst', beside, 'ratio', 'bars'], ...figures.map(cellsOf)])
  process.stdout.write('\n')
  return figures.every(({ bars }) => bars.every(({ holds }) => holds !== false))
}

function cellsOf({ what, unit, values, beside, bars }: Figure): string[] {
  const middle = median(values)
  return [
    what,
    `${number(middle)} ${unit}`,
    values.length > 1 ? `${number(worst(values))} ${unit}` : '',
    beside === undefined ? '' : `${number(beside)} ${unit}`,
    beside === undefined ? '' : `${number(middle / beside)}×`,
    bars.map(({ text, holds }) => `${text}: ${holds === null ? 'not judged' : holds ? 'pass' : 'FAIL'}`).join(' · '),
  ]
}

const number = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3))
