import { z } from 'zod'
import type { CallInput, CallName, CallOutput } from '../../electron/contract/calls.ts'
import { failure } from '../../electron/contract/failure.ts'
import { type Change, change } from '../../electron/contract/patch.ts'
import { readAnswer } from './answer.ts'
import { type Bridge, CallError, type LinkStatus } from './bridge.ts'
import { createEventParser, type StreamEvent } from './event-stream.ts'
import { pause, retryDelay } from './retry.ts'

/** A call that takes longer is given up, ms. Checking a dead address takes the agent up to 15 s. */
const callLimit = 45_000
/** The agent sends a heartbeat every 15 s; a stream silent for three of them is dead, ms. */
const silenceLimit = 45_000

const hello = z.object({ epoch: z.string(), revision: z.number().int() })

interface HttpBridgeOptions {
  /** Origin of the agent; empty for the page's own. */
  base?: string
}

/** The door over loopback HTTP: `POST /local/v1/<name>` and server-sent events. The session cookie goes along by itself. */
export function createHttpBridge({ base = '' }: HttpBridgeOptions = {}): Bridge {
  return {
    call: (name, input) => post(base, name, input),
    subscribe(onChange, onStatus) {
      const stop = new AbortController()
      void keepOpen(`${base}/local/v1/events`, stop.signal, onChange, onStatus)
      return () => stop.abort()
    },
  }
}

async function post<N extends CallName>(base: string, name: N, input: CallInput<N>): Promise<CallOutput<N>> {
  let body: unknown
  try {
    const response = await fetch(`${base}/local/v1/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(callLimit),
    })
    body = await response.json()
  } catch (thrown) {
    throw new CallError(noAnswer(thrown))
  }
  return readAnswer(name, body)
}

const noAnswer = (thrown: unknown) =>
  thrown instanceof DOMException && thrown.name === 'TimeoutError'
    ? ({ code: 'timeout', message: 'The node did not answer in time.', action: 'Try again in a moment.' } as const)
    : ({ code: 'not_running', message: 'The node does not answer.', action: 'Is it still running on this computer?' } as const)

/** Opens the stream again and again until aborted. Never rejects. */
async function keepOpen(url: string, signal: AbortSignal, onChange: (change: Change) => void, onStatus: (status: LinkStatus) => void) {
  for (let attempt = 0; !signal.aborted; attempt++) {
    try {
      await readStream(url, signal, (event) => {
        attempt = 0
        deliver(event, onChange, onStatus)
      })
      onStatus({ kind: 'lost' })
    } catch (thrown) {
      if (signal.aborted) return
      onStatus(thrown instanceof CallError ? { kind: 'refused', failure: thrown.failure } : { kind: 'lost' })
    }
    await pause(retryDelay(attempt), signal)
  }
}

/** An event this page cannot read ends the stream: what it said is then fetched anew. */
function deliver({ event, data }: StreamEvent, onChange: (change: Change) => void, onStatus: (status: LinkStatus) => void): void {
  if (event === 'hello') onStatus({ kind: 'open', ...hello.parse(JSON.parse(data)) })
  if (event === 'change') onChange(change.parse(JSON.parse(data)))
}

/** Reads one stream to its end. Throws CallError when the agent refuses it, other errors when it breaks or falls silent. */
async function readStream(url: string, signal: AbortSignal, onEvent: (event: StreamEvent) => void): Promise<void> {
  const silence = new AbortController()
  const giveUp = () => silence.abort(new Error('the event stream fell silent'))
  let timer = setTimeout(giveUp, silenceLimit)
  try {
    const response = await fetch(url, {
      headers: { accept: 'text/event-stream' },
      cache: 'no-store',
      signal: AbortSignal.any([signal, silence.signal]),
    })
    if (!response.ok || response.body === null) throw await refusal(response)
    const parse = createEventParser()
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return
      clearTimeout(timer)
      timer = setTimeout(giveUp, silenceLimit)
      for (const event of parse(value)) onEvent(event)
    }
  } finally {
    clearTimeout(timer)
    silence.abort()
  }
}

/** 401 and 403 need a person (a new link); any other status is a stream that did not open. */
async function refusal(response: Response): Promise<Error> {
  if (response.status !== 401 && response.status !== 403) return new Error(`the event stream answered ${response.status}`)
  const body = z.object({ error: failure }).safeParse(await response.json().catch(() => null))
  return new CallError(body.success ? body.data.error : { code: 'unauthorized', message: 'This page is not signed in to the node.' })
}
