import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { main } from '../../../electron/cli/main.ts'
import type { CallHandlers } from '../../../electron/contract/calls.ts'
import { type LocalApi, startLocalApi } from '../../fakes/local-api.ts'

export interface Ran {
  code: number
  stdout: string
  stderr: string
  /** stdout as one JSON document; throws when it is anything else. */
  json(): unknown
}

export interface FcnBench extends AsyncDisposable {
  dataDir: string
  api: LocalApi
  /** Runs `fcn <args> --data <dataDir>` as a terminal without colours would. */
  fcn(...args: string[]): Promise<Ran>
}

/** The command and the local API it talks to, on a data folder of their own. */
export async function openBench(handlers: Partial<CallHandlers> = {}): Promise<FcnBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'fcn-cli-'))
  const api = await startLocalApi(dataDir, handlers)
  return {
    dataDir,
    api,
    fcn: (...args) => runFcn([...args, '--data', dataDir]),
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function runFcn(args: string[], options: { isTTY?: boolean; env?: NodeJS.ProcessEnv; headless?: string } = {}): Promise<Ran> {
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({ isTTY: options.isTTY, write: (text: string) => void (written[name] += text) })
  const code = await main(args, {
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    env: options.env ?? {},
    ...(options.headless === undefined ? {} : { headless: options.headless }),
  })
  return { code, ...written, json: () => JSON.parse(written.stdout) as unknown }
}
