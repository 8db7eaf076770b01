import type { OperationForm } from '../dialect.ts'
import { createChatAnswer } from './chat-answer.ts'
import { writeChatRequest } from './chat-request.ts'
import { readChatTask } from './chat-task.ts'
import { createChatDocument, createChatStream } from './chat-writer.ts'
import { wantsUsage } from './stream-options.ts'

/** `/v1/chat/completions` */
export const chat: OperationForm = {
  operation: 'openai.chat',
  path: '/v1/chat/completions',
  framing: 'events',
  readTask: readChatTask,
  writeTask: (task) => (task.kind === 'chat' ? writeChatRequest(task) : null),
  createAnswer: ({ newId }) => createChatAnswer(newId),
  createWriter: ({ body, model, stream }, context) =>
    stream ? createChatStream({ model, wantsUsage: wantsUsage(body) }, context) : createChatDocument({ model }, context),
}
