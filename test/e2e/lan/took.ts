import { eventually } from '../../support/eventually.ts'

/** Milliseconds until it holds. */
export async function took(what: string, holds: () => boolean | Promise<boolean>, limit = 15_000): Promise<number> {
  const start = performance.now()
  await eventually(what, holds, limit)
  return performance.now() - start
}
