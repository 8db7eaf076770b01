import { InvalidArgumentError } from 'commander'
import { port } from '../contract/settings.ts'

/** Readers of arguments and options: the value, or a refusal that says what is expected. */

export function portNumber(text: string): number {
  const result = port.safeParse(/^\d{1,5}$/u.test(text) ? Number(text) : Number.NaN)
  if (!result.success) throw new InvalidArgumentError('A port is a whole number from 1 to 65535.')
  return result.data
}

export function countUpTo(max: number): (text: string) => number {
  return (text) => {
    const value = /^\d{1,9}$/u.test(text) ? Number(text) : 0
    if (value < 1 || value > max) throw new InvalidArgumentError(`It is a whole number from 1 to ${max}.`)
    return value
  }
}

/** A port of this machine or the URL of a program. */
export function portOrUrl(text: string): { port: number } | { url: string } {
  if (/^\d+$/u.test(text)) return { port: portNumber(text) }
  if (!/^https?:\/\/./iu.test(text)) throw new InvalidArgumentError('Give a port (8080) or a URL (http://127.0.0.1:8080).')
  return { url: text }
}
