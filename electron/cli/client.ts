import { randomBytes } from 'node:crypto'
import { type Dispatcher, request } from 'undici'
import { z } from 'zod'
import { FcnError } from '../agent/errors.ts'
import { isControlProof } from '../agent/store/control-proof.ts'
import { readControlToken } from '../agent/store/control-token.ts'
import { readRunningFile } from '../agent/store/running-file.ts'
import { portOf } from '../agent/support/authority.ts'
import { boundedText } from '../agent/support/bounded-body.ts'
import { parseJson } from '../agent/support/json.ts'
import { type CallInput, type CallName, type CallOutput, calls } from '../contract/calls.ts'
import { failure } from '../contract/failure.ts'

/** The running node of a data folder, through its local API. */
export interface LocalClient {
  /** Throws what the node answers, `not_running`, `timeout` or `bad_answer`. */
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>
  /** The description of its HTTP API (`/openapi.json`). Throws as `call` does. */
  description(): Promise<object>
}

interface LocalClientOptions {
  dataDir: string
  /** Longest wait for an answer, ms. Some calls dial other machines, which may take several seconds. */
  timeLimit?: number
  signal?: AbortSignal
}

/** More than this (bytes) is no answer of ours: 1000 peers take about 2 MB. */
const maxAnswer = 64 * 1024 * 1024

const loopbackHosts = new Set(['127.0.0.1', '[::1]', 'localhost'])

export function createLocalClient({ dataDir, timeLimit = 30_000, signal }: LocalClientOptions): LocalClient {
  /** Finds the node, makes sure that it is one, and asks it. */
  const asked = async (what: string, ask: (node: { url: string; token: string; signal: AbortSignal }) => Promise<string>) => {
    const { url, token } = findNode(dataDir)
    const limit = AbortSignal.timeout(timeLimit)
    const either = signal ? AbortSignal.any([limit, signal]) : limit
    try {
      if (!(await holdsToken(url, { token, signal: either }))) throw notANode(what)
      return await ask({ url, token, signal: either })
    } catch (error) {
      if (error instanceof FcnError) throw error
      if (limit.aborted) throw new FcnError('timeout', `The node gave no answer within ${timeLimit / 1000} s.`, { cause: error })
      throw notRunning(dataDir, error)
    }
  }

  return {
    async call(name, input) {
      const text = await asked(name, ({ url, ...rest }) =>
        post(new URL(`/local/v1/${name}`, url), { ...rest, body: JSON.stringify(input) }),
      )
      return parseAnswer(name, text)
    },
    async description() {
      const text = await asked('openapi.json', async (node) =>
        textOf(await request(new URL('/openapi.json', node.url), { signal: node.signal })),
      )
      const document = openApiDocument.safeParse(parseJson(text))
      if (!document.success) throw notANode('openapi.json', document.error)
      return document.data
    },
  }
}

const openApiDocument = z.looseObject({ openapi: z.string(), paths: z.looseObject({}) })

function findNode(dataDir: string): { url: string; token: string } {
  const running = readRunningFile(dataDir)
  if (!running || !isRunning(running.pid)) throw notRunning(dataDir)
  // the token goes there: never to another machine, whatever the file says
  if (!loopbackHosts.has(new URL(running.url).hostname)) {
    throw new FcnError('bad_answer', `The file running.json in ${dataDir} does not name an address of this machine.`, {
      action: 'Stop the node and start it again.',
    })
  }
  const token = readControlToken(dataDir)
  if (token === null) {
    throw new FcnError('unauthorized', `The file control-token in ${dataDir} cannot be read.`, {
      action: 'Run this as the user who started the node.',
    })
  }
  return { url: running.url, token }
}

/**
 * running.json may be left from a killed node. What uses its port now, and may even imitate a node, must not see the
 * token: first it shows that it has the token itself.
 */
async function holdsToken(url: string, { token, signal }: { token: string; signal: AbortSignal }): Promise<boolean> {
  const challenge = randomBytes(32).toString('base64url')
  const answer = await request(new URL(`/local/v1/proof/${challenge}`, url), { signal })
  const said = proofAnswer.safeParse(parseJson((await boundedText(answer.body, maxProof)) ?? ''))
  return said.success && isControlProof(said.data.proof, { token, challenge, port: portOf(new URL(url)) })
}

const proofAnswer = z.object({ proof: z.string().max(64) })
/** Longest answer to a challenge that is read, bytes. */
const maxProof = 1024

/** Signal 0 asks whether the process is there; EPERM means that it is, and is another user's. */
function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

async function post(url: URL, { token, body, signal }: { token: string; body: string; signal: AbortSignal }): Promise<string> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  return textOf(await request(url, { method: 'POST', headers, body, signal }))
}

async function textOf({ body }: Dispatcher.ResponseData): Promise<string> {
  const text = await boundedText(body, maxAnswer)
  if (text === null) throw new FcnError('bad_answer', 'The answer of the node is too long.')
  return text
}

const envelope = z.union([z.object({ error: failure }), z.object({ value: z.unknown() })])

function parseAnswer<N extends CallName>(name: N, text: string): CallOutput<N> {
  const answer = envelope.safeParse(parseJson(text))
  if (answer.success && 'error' in answer.data) throw failureAsError(answer.data.error)
  const value = answer.success && 'value' in answer.data ? calls[name].output.safeParse(answer.data.value) : undefined
  if (value?.success) return value.data as CallOutput<N>
  throw notANode(name, value?.error)
}

const notANode = (name: string, cause?: unknown) =>
  new FcnError('bad_answer', `The node answered ${name} with something this command does not understand.`, {
    action: 'Another program may use its port, or the node runs another version: restart it.',
    cause,
  })

const failureAsError = ({ code, message, action, details }: z.infer<typeof failure>) =>
  new FcnError(code, message, {
    ...(action === undefined ? {} : { action }),
    ...(details === undefined ? {} : { details }),
  })

const notRunning = (dataDir: string, cause?: unknown) =>
  new FcnError('not_running', `No node is running on the data folder ${dataDir}.`, {
    action: 'Start it with npm start (or fcn start), or name another folder with --data.',
    cause,
  })
