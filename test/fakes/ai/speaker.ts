/** What writes the answers of an engine in tests: a script, or real llama.cpp. It knows no dialect. */
import { setTimeout as wait } from 'node:timers/promises'

/** What an engine is asked, whatever the dialect. */
export interface Ask {
  model: string
  /** All that the program said, in one text. */
  prompt: string
  maxTokens: number
  /** Tools that may be called now: none once there is a result. */
  tools: readonly string[]
}

export type Word = { text: string } | { thinking: string } | { call: { name: string; arguments: Record<string, unknown> } }

export interface End {
  reason: 'stop' | 'length' | 'tools'
  /** Tokens. */
  read: number
  written: number
}

export interface Speaker {
  /** Says word after word; rejects with an EngineFault, or with the signal’s reason. */
  speak(ask: Ask, say: (word: Word) => void, signal: AbortSignal): Promise<End>
  embed(texts: readonly string[]): Promise<number[][]>
}

/** How an engine fails. `cut`: the connection breaks, as when its process dies. */
export class EngineFault extends Error {
  readonly status: number
  readonly isCut: boolean

  constructor(message: string, { status = 500, isCut = false } = {}) {
    super(message)
    this.status = status
    this.isCut = isCut
  }
}

/** What an engine does with each request until it is told otherwise. All times in ms. */
export interface Script {
  words?: readonly string[]
  thinking?: readonly string[]
  /** Calls the first tool that it is offered, with these. */
  callsWith?: Record<string, unknown>
  /** Until the first word. */
  firstAfter?: number
  /** Between two words. */
  pace?: number
  /** Answers written at the same time; others wait. */
  slots?: number
  /** After so many words. `memory`: as engines say it that have too little · `hang`: nothing more comes. */
  fault?: { after: number; as: 'error' | 'cut' | 'hang' | 'memory' | 'busy' }
}

export const usualWords = 'The models of the whole house answer here, wherever they run, and nobody has to know where.'.split(/(?= )/u)

const faults = {
  error: () => new EngineFault('the model runner has unexpectedly stopped'),
  cut: () => new EngineFault('cut', { isCut: true }),
  memory: () => new EngineFault('model requires more system memory (9.9 GiB) than is available (1.2 GiB)'),
  busy: () => new EngineFault('server busy, please try again.  maximum pending requests exceeded', { status: 503 }),
}

/** Speaks as the script of the model says at that moment. */
export function scriptedSpeaker(scriptOf: (model: string) => Script): Speaker {
  const inTurn = createSlots()

  const fail = async ({ fault }: Script, said: number, signal: AbortSignal): Promise<void> => {
    if (fault === undefined || fault.after !== said) return
    if (fault.as === 'hang') await wait(2 ** 31 - 1, undefined, { signal, ref: false })
    else throw faults[fault.as]()
  }

  const answer = async (ask: Ask, say: (word: Word) => void, signal: AbortSignal): Promise<End> => {
    const { words = usualWords, thinking = [], callsWith, firstAfter = 0, pace = 0, ...rest } = scriptOf(ask.model)
    const [tool] = ask.tools
    const call: Word[] = tool !== undefined && callsWith !== undefined ? [{ call: { name: tool, arguments: callsWith } }] : []
    const all: Word[] = [...thinking.map((text) => ({ thinking: text })), ...(call.length > 0 ? call : words.map((text) => ({ text })))]
    const allowed = all.slice(0, Math.max(0, ask.maxTokens))
    for (const [said, word] of allowed.entries()) {
      await fail(rest, said, signal)
      const pause = said === 0 ? firstAfter : pace
      if (pause > 0) await wait(pause, undefined, { signal, ref: false })
      signal.throwIfAborted()
      say(word)
    }
    await fail(rest, allowed.length, signal)
    const reason = allowed.length < all.length ? 'length' : call.length > 0 ? 'tools' : 'stop'
    return { reason, read: tokensOf(ask.prompt), written: allowed.length }
  }

  return {
    speak: (ask, say, signal) => inTurn(scriptOf(ask.model).slots ?? Number.POSITIVE_INFINITY, () => answer(ask, say, signal)),
    embed: async (texts) => texts.map((text) => [text.length / 100, 0.5, -0.25, 0.125]),
  }
}

export const tokensOf = (text: string): number => text.split(/\s+/u).filter((word) => word !== '').length

/** Lets so many run at a time, the others in the order in which they came. */
function createSlots() {
  let running = 0
  const line: (() => void)[] = []
  return async <T>(slots: number, work: () => Promise<T>): Promise<T> => {
    if (running >= slots) await new Promise<void>((resolve) => line.push(resolve))
    running += 1
    try {
      return await work()
    } finally {
      running -= 1
      line.shift()?.()
    }
  }
}
