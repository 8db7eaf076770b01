import { printCells } from '../../bench/measure.ts'

interface Tried {
  client: string
  call: string
  engine: string
}

/** Which call of which client passes at which engine; printed at the end of a run, since that is what people ask. */
export function createResultTable() {
  const results = new Map<string, Map<string, boolean>>()
  const keyOf = ({ client, call }: Tried) => `${client}  ${call}`
  const set = (tried: Tried, passed: boolean) => {
    const row = results.get(keyOf(tried)) ?? new Map<string, boolean>()
    results.set(keyOf(tried), row.set(tried.engine, passed))
  }
  return {
    /** Notes how it ends, and ends as it does. */
    async note(tried: Tried, work: Promise<void>): Promise<void> {
      set(tried, false)
      await work
      set(tried, true)
    },
    passed: (tried: Tried) => results.get(keyOf(tried))?.get(tried.engine) ?? false,
    print() {
      const engines = [...new Set([...results.values()].flatMap((row) => [...row.keys()]))]
      const words = (row: ReadonlyMap<string, boolean>, engine: string) =>
        ({ true: 'pass', false: 'FAIL', undefined: '' })[String(row.get(engine)) as 'true']
      printCells([
        ['client and call', ...engines],
        ...[...results].map(([key, row]) => [key, ...engines.map((engine) => words(row, engine))]),
      ])
    },
  }
}
