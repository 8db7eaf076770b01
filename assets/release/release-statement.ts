import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { z } from 'zod'

/** What electron-builder writes into `latest*.yml`, as far as it is read here. */
const channelFile = z.object({
  version: z.string(),
  files: z.array(z.object({ url: z.string(), sha512: z.string(), size: z.number() })).min(1),
})

/** The files that a channel file offers. Throws when it is none. */
export function statementIn(path: string): { version: string; files: { url: string; sha512: string; size: number }[] } {
  const { version, files } = channelFile.parse(load(readFileSync(path, 'utf8')))
  return { version, files: files.map(({ url, sha512, size }) => ({ url, sha512, size })) }
}

/** The text with `key` set at its top level, once. Values are written as JSON, which is YAML. */
export function withField(text: string, key: string, value: string | number): string {
  const others = text.split('\n').filter((line) => !line.startsWith(`${key}:`))
  return `${others.join('\n').trimEnd()}\n${key}: ${JSON.stringify(value)}\n`
}
