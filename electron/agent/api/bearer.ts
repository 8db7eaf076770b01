/** The token of an `Authorization: Bearer …` header; null when there is none. */
export function bearerToken(header: string | undefined): string | null {
  return /^Bearer +([^\s,]{1,512}) *$/iu.exec(header ?? '')?.[1] ?? null
}
