/** How the node whose engine worked tells the asking one what that took: a header of an answer, or a trailer behind a stream. */
export const tokensHeader = 'x-fcn-tokens'

/** Tokens of one request: read and written. */
export interface TokenCount {
  tokensIn: number
  tokensOut: number
}

export const tokensText = ({ tokensIn, tokensOut }: TokenCount): string => `${tokensIn} ${tokensOut}`

/** Null for anything that is no such pair; at most nine digits each. */
export function tokensFrom(value: string | string[] | undefined): TokenCount | null {
  const match = typeof value === 'string' ? /^(?<read>\d{1,9}) (?<written>\d{1,9})$/u.exec(value) : null
  return match?.groups === undefined ? null : { tokensIn: Number(match.groups['read']), tokensOut: Number(match.groups['written']) }
}
