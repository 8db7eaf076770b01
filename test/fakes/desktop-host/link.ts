/**
 * Questions, answers and news between the two processes of the desktop host. It uses Node's own message channel with
 * structured clone, so what Electron could not copy between processes cannot be copied here.
 */
export interface Link {
  /** Resolves with the other side's answer; rejects with its error's message. */
  ask(topic: string, payload?: unknown): Promise<unknown>
  /** Without an answer. */
  tell(topic: string, payload?: unknown): void
}

export type Answers = Record<string, (payload: never) => unknown>

interface Message {
  topic: string
  payload: unknown
  /** Set on a question. */
  question?: number
  /** Set on an answer, with `payload` or `error`. */
  answer?: number
  error?: string
}

interface Peer {
  send?(message: Message, callback: (error: Error | null) => void): unknown
  on(event: 'message', listener: (message: unknown) => void): unknown
}

export function createLink(peer: Peer, answers: Answers): Link {
  const open = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>()
  let next = 1
  // the other process may have ended; whoever cares watches its exit
  const send = (message: Message) => void peer.send?.(message, () => undefined)

  const reply = async ({ topic, payload, question }: Message) => {
    try {
      const answer = answers[topic]
      if (!answer) throw new Error(`The desktop host has no answer to "${topic}".`)
      const value = await answer(payload as never)
      if (question !== undefined) send({ topic, payload: value, answer: question })
    } catch (error) {
      send({ topic, payload: null, answer: question ?? 0, error: error instanceof Error ? error.message : String(error) })
    }
  }

  peer.on('message', (raw) => {
    const message = raw as Message
    if (message.answer === undefined) {
      void reply(message)
      return
    }
    const asked = open.get(message.answer)
    open.delete(message.answer)
    if (message.error === undefined) asked?.resolve(message.payload)
    else asked?.reject(new Error(message.error))
  })

  return {
    ask(topic, payload) {
      const question = next++
      return new Promise((resolve, reject) => {
        open.set(question, { resolve, reject })
        send({ topic, payload, question })
      })
    },
    tell: (topic, payload) => send({ topic, payload }),
  }
}
