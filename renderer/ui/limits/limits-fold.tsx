import './limits.css'
import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { type ReactNode, useId, useState } from 'react'
import { buttonIcon } from '../icons.ts'

/** Limits said in one line, changed below it once the line is opened. */
export function LimitsFold({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  return (
    <div className="limits">
      <UnstyledButton className="limits-line" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        <IconChevronDown {...buttonIcon} />
        <b>{title}</b>
        <span>{words}</span>
      </UnstyledButton>
      <div id={id} hidden={!isOpen}>
        {isOpen && children}
      </div>
    </div>
  )
}
