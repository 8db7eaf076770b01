import { z } from 'zod'
import type { AnswerForm, OperationForm } from '../dialect.ts'
import { untranslatable } from '../form.ts'
import { createMessagesAnswer } from './answer.ts'
import { writeMessagesRequest } from './messages-request.ts'
import { readMessagesTask } from './messages-task.ts'
import { createMessageDocument, createMessageStream } from './writer.ts'

/** `/v1/messages` */
export const messages: OperationForm = {
  operation: 'anthropic.messages',
  path: '/v1/messages',
  framing: 'events',
  readTask: readMessagesTask,
  writeTask: (task) => (task.kind === 'chat' ? writeMessagesRequest(task) : null),
  createAnswer: createMessagesAnswer,
  createWriter: ({ model, stream }, context) => (stream ? createMessageStream(model, context) : createMessageDocument(model, context)),
}

const counted = z.object({ input_tokens: z.number().nonnegative() })
/** A count costs no tokens. */
const nothing = { input: 0, output: 0, cached: null }

const createCount = (): AnswerForm => ({
  frame: () => [],
  document(data) {
    counted.parse(data)
    return [{ type: 'end', reason: 'stop', stopText: null, usage: nothing, timing: null }]
  },
  close: () => [],
})

/** `/v1/messages/count_tokens`: asked of engines that have it; nobody else can know. */
export const count: OperationForm = {
  operation: 'anthropic.count',
  path: '/v1/messages/count_tokens',
  framing: 'events',
  readTask() {
    throw untranslatable('A count of tokens')
  },
  writeTask: () => null,
  createAnswer: createCount,
  createWriter: ({ model }, context) => createMessageDocument(model, context),
}
