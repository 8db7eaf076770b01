import type { ZodError } from 'zod'

/** More would hide what matters. */
const maxIssues = 5
/** Longest text, characters; paths repeat what was sent. */
const longest = 500

/** The first few things wrong with an input, as the end of a sentence without its full stop: `port: too big; name: …`. */
export function issueText({ issues }: ZodError): string {
  const said = issues.slice(0, maxIssues).map(({ path, message }) => {
    const place = path.map(String).join('.').slice(0, 100)
    return place === '' ? message : `${place}: ${message}`
  })
  return said.join('; ').slice(0, longest)
}
