import { type Answers, createLink, type Link } from './link.ts'

const answers: Answers = {}

/** From the main process to the test process. */
export const link: Link = createLink(process, answers)

/** Each part of the double answers the test process for itself. */
export function answerTopic(topic: string, answer: Answers[string]): void {
  answers[topic] = answer
}
