import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { FcnError } from '../agent/errors.ts'
import type { Session } from './session.ts'
import { readTextFile } from './text-file.ts'

/** The environment file of an old node has some twenty lines, bytes. */
const maxEnvFile = 64 * 1024
/** A token has at most 512 characters, bytes. */
const maxToken = 2048

interface HubSource {
  /** As it was given; absent: from the environment. */
  url: string | undefined
  /** The environment file of an old node. */
  env: string | undefined
  /** A file that holds the token, `-` for standard input. */
  tokenFile: string | undefined
}

/**
 * Which hub to sync to and with which token: as the scripts of the old nodes have them (`MESH_HUB`, `MESH_TOKEN`), from a
 * file, or asked for. A token never comes as an argument: other users of this computer see those, and shells keep them.
 */
export async function readHub(session: Session, { url, env: file, tokenFile }: HubSource): Promise<{ url: string; token: string }> {
  const known = file === undefined ? session.env : parseEnv(await readTextFile(resolve(file), maxEnvFile))
  const where = url ?? filled(known['MESH_HUB'])
  if (where === undefined) {
    throw new FcnError('usage', file === undefined ? 'Say to which hub.' : `There is no MESH_HUB in ${file}.`, {
      action: 'fcn sync add <url>, or --env with the environment file of an old node.',
    })
  }
  const itsHub = filled(known['MESH_HUB'])
  // a token is shown to the hub that gave it and to no other
  const fits = itsHub === undefined || sameAddress(itsHub, where)
  const token = tokenFile === undefined ? filled(fits ? known['MESH_TOKEN'] : undefined) : await tokenIn(session, tokenFile)
  return { url: withScheme(where), token: token ?? (await askToken(session)) }
}

/** A new token for a known hub. */
export const readToken = async (session: Session, file: string): Promise<string> =>
  (await tokenIn(session, file)) ?? (await askToken(session))

/** Empty means not set. */
const filled = (text: string | undefined) => (text === undefined || text.trim() === '' ? undefined : text.trim())

/** curl, which the old script uses, takes addresses without a scheme. */
const withScheme = (url: string) => (/^[a-z]+:\/\//iu.test(url) ? url : `http://${url}`)

const sameAddress = (a: string, b: string) => withScheme(a).replace(/\/+$/u, '') === withScheme(b).replace(/\/+$/u, '')

const tokenIn = async ({ terminal }: Session, file: string) =>
  filled(file === '-' ? await terminal.readInput(maxToken) : await readTextFile(resolve(file), maxToken))

async function askToken({ terminal, output }: Session): Promise<string> {
  if (!terminal.interactive) {
    throw new FcnError('usage', 'The token of the hub is needed.', {
      action: 'Name a file that holds it with --token-file, - for standard input, or set MESH_TOKEN.',
    })
  }
  output.note('The hub gives the token: fcn sync token create, or its settings.')
  return (await terminal.ask('Token:', { hidden: true })).trim()
}
