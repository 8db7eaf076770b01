import type { FcnError } from '../errors.ts'
import type { AnswerFacts } from './dialect.ts'
import { type EndReason, type ModelEvent, unknownUsage, type Usage } from './events.ts'

/** What has been seen of an answer; written by its pipe, read by everybody. */
export class AnswerRecord implements AnswerFacts {
  hasBegun = false
  pieces = 0
  usage: Usage = unknownUsage
  end: EndReason | null = null
  failure: FcnError | null = null

  note(event: ModelEvent): void {
    switch (event.type) {
      case 'text':
      case 'thinking':
      case 'tool-arguments':
        this.pieces += 1
        return
      case 'end':
        this.end = event.reason
        this.usage = event.usage
        return
      case 'error':
        this.failure = event.error
        return
      case 'signature':
      case 'tool-call':
      case 'vectors':
    }
  }
}
