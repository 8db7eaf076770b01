import type { OperationForm } from '../dialect.ts'
import type { Task } from '../task.ts'
import { createOllamaAnswer } from './answer.ts'
import { writeChatRequest, writeLoadRequest } from './chat-request.ts'
import { readChatTask } from './chat-task.ts'
import { readGenerateTask, writeGenerateRequest } from './generate-task.ts'
import { createOllamaWriter } from './writer.ts'

/** `/api/chat` */
export const chat: OperationForm = {
  operation: 'ollama.chat',
  path: '/api/chat',
  framing: 'lines',
  readTask: readChatTask,
  writeTask: (task) => (task.kind === 'chat' ? writeChatRequest(task) : null),
  createAnswer: ({ newId }) => createOllamaAnswer(newId),
  createWriter: ({ model, stream }, context) => createOllamaWriter({ operation: 'ollama.chat', model, stream }, context),
}

/** `/api/generate` */
export const generate: OperationForm = {
  operation: 'ollama.generate',
  path: '/api/generate',
  framing: 'lines',
  readTask: readGenerateTask,
  writeTask: writeGenerateTask,
  createAnswer: ({ newId }) => createOllamaAnswer(newId),
  createWriter: ({ model, stream }, context) => createOllamaWriter({ operation: 'ollama.generate', model, stream }, context),
}

function writeGenerateTask(task: Task): string | null {
  switch (task.kind) {
    case 'completion':
      return writeGenerateRequest(task)
    case 'load':
      return writeLoadRequest(task)
    case 'chat':
    case 'embed':
      return null
  }
}
