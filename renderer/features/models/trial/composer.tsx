import { Button, Textarea } from '@mantine/core'
import { IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react'
import { type FormEvent, type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from '../../../ui/icons.ts'

/** Longest question that can be typed, characters. */
const longest = 20_000

interface ComposerProps {
  model: string
  running: boolean
  onSend: (text: string) => void
  /** Null while there is nothing to stop. */
  onStop: (() => void) | null
  /** Stands at the end of the line below. */
  children?: ReactNode
}

/** Where a question is typed. While an answer comes the button stops it; the field keeps the focus for the next question. */
export function Composer({ model, running, onSend, onStop, children }: ComposerProps) {
  const { t } = useTranslation('trial')
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const hint = useId()
  const send = () => {
    if (running || text.trim() === '') return
    onSend(text.trim())
    setText('')
    // the button that was pressed becomes another one
    field.current?.focus()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    send()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // while letters are put together by several keys, Enter is one of them
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    send()
  }
  return (
    <form className="composer" onSubmit={submit}>
      <Textarea
        ref={field}
        aria-label={t('ask', { model })}
        aria-describedby={hint}
        placeholder={t('placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        maxLength={longest}
        autosize
        minRows={1}
        maxRows={6}
      />
      {running ? (
        <Button
          variant="default"
          leftSection={<IconPlayerStopFilled {...buttonIcon} />}
          disabled={onStop === null}
          onClick={() => onStop?.()}
        >
          {t('stop')}
        </Button>
      ) : (
        <Button type="submit" leftSection={<IconSend2 {...buttonIcon} />} disabled={text.trim() === ''}>
          {t('send')}
        </Button>
      )}
      <div className="composer-foot">
        <small id={hint} className="grow">
          {t('keys')}
        </small>
        {children}
      </div>
    </form>
  )
}
