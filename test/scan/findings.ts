import { z } from 'zod'

/** What the scanner answers, as far as it is read. */
export const scanResult = z.object({
  /** Files that it could not read. */
  errors: z.array(z.object({ file: z.string(), message: z.string() })),
  issues: z.array(z.object({ id: z.string(), file: z.string(), location: z.object({ line: z.number() }) })),
})

/** A finding, or what may be found: a check and the file it is about. */
export interface Named {
  check: string
  file: string
}

interface Judgement<A extends Named> {
  /** Findings that nobody has accepted, by line. */
  open: (Named & { line: number })[]
  /** What was accepted and is not found any more. */
  stale: A[]
  /** Files about which nothing is known. */
  unread: string[]
}

const same = (a: Named, b: Named) => a.check === b.check && a.file === b.file

export function judged<A extends Named>({ errors, issues }: z.infer<typeof scanResult>, accepted: readonly A[]): Judgement<A> {
  const found = issues.map(({ id, file, location }) => ({ check: id, file: file.replaceAll('\\', '/'), line: location.line }))
  return {
    open: found.filter((finding) => !accepted.some((each) => same(each, finding))),
    stale: accepted.filter((each) => !found.some((finding) => same(each, finding))),
    unread: errors.map(({ file, message }) => `${file}: ${message}`),
  }
}
