/** Asks until the answer is truthy, at most `limit` ms; throws with `what` and the last answer otherwise. */
export async function eventually<T>(what: string, ask: () => Promise<T> | T, limit = 20_000): Promise<NonNullable<T>> {
  const end = Date.now() + limit
  let last: unknown
  for (;;) {
    try {
      const answer = await ask()
      if (answer) return answer
      last = answer
    } catch (error) {
      last = error
    }
    if (Date.now() > end) throw new Error(`Not within ${limit} ms: ${what}`, { cause: last })
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
