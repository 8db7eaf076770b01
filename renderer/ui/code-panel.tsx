import { useId } from 'react'
import { Code } from './code.tsx'

/**
 * The code that two people compare, with the question and the reason, the same on both sides. The focus begins here: a
 * screen reader then reads the question and the code, digit by digit, and Enter answers nothing.
 */
export function CodePanel({ question, code, why }: { question: string; code: string; why: string }) {
  const id = useId()
  return (
    <div
      className="code-panel"
      role="group"
      aria-labelledby={`${id}question ${id}code`}
      aria-describedby={`${id}why`}
      tabIndex={-1}
      data-autofocus
    >
      <span id={`${id}question`}>{question}</span>
      <Code value={code} id={`${id}code`} />
      <small id={`${id}why`}>{why}</small>
    </div>
  )
}
