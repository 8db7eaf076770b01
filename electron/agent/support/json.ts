/** The value of a JSON document from outside; undefined, which no schema of ours accepts, when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // a web page, say; the caller reports what it expected
  }
}
