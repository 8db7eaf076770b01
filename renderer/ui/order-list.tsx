import './order-list.css'
import { ActionIcon, Select, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from './icons.ts'
import { moved } from './moved.ts'

interface Named {
  id: string
  name: string
}

/** Some things in an order: moved by buttons, so that it works from the keyboard and can be heard. */
export function OrderList({
  label,
  help,
  none,
  add,
  addTo,
  entries,
  addable,
  onChange,
}: {
  label: string
  help: string
  /** Said while the list is empty. */
  none: string
  /** What is chosen from, and the same in full for those who hear the page. */
  add: string
  addTo: string
  entries: readonly Named[]
  addable: readonly Named[]
  onChange: (ids: readonly string[]) => void
}) {
  const { t } = useTranslation('policies')
  const labelId = useId()
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')
  /** The button to focus once the list is drawn anew: a row that moves loses the focus. */
  const wanted = useRef<{ id: string; by: -1 | 1 } | null>(null)
  const ids = entries.map(({ id }) => id)

  useLayoutEffect(() => {
    const target = wanted.current
    wanted.current = null
    if (target === null) return
    const row = list.current?.children[ids.indexOf(target.id)]
    const buttons = [...(row?.querySelectorAll('button') ?? [])]
    const [first, second] = target.by < 0 ? buttons : [buttons[1], buttons[0]]
    ;(first?.disabled ? second : first)?.focus()
  })

  function move({ id, name }: Named, by: -1 | 1): void {
    const next = moved(ids, id, by)
    wanted.current = { id, by }
    setSaid(t('nowAt', { name, place: next.indexOf(id) + 1, count: next.length }))
    onChange(next)
  }

  return (
    <div className="order" role="group" aria-labelledby={labelId}>
      <div>
        <b id={labelId}>{label}</b>
        <small>{help}</small>
      </div>
      {entries.length === 0 ? (
        <p className="hint">{none}</p>
      ) : (
        <ol ref={list}>
          {entries.map((entry, place) => (
            <li key={entry.id}>
              <span className="order-place num" aria-hidden>
                {place + 1}
              </span>
              <span className="grow cut" title={entry.name}>
                {entry.name}
              </span>
              <ActionIcon aria-label={t('earlier', { name: entry.name })} disabled={place === 0} onClick={() => move(entry, -1)}>
                <IconArrowUp {...buttonIcon} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('later', { name: entry.name })}
                disabled={place === entries.length - 1}
                onClick={() => move(entry, 1)}
              >
                <IconArrowDown {...buttonIcon} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('takeOut', { name: entry.name, list: label })}
                onClick={() => onChange(ids.filter((id) => id !== entry.id))}
              >
                <IconX {...buttonIcon} />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      {addable.length > 0 && (
        <Select
          size="xs"
          placeholder={add}
          aria-label={addTo}
          data={addable.map(({ id, name }) => ({ value: id, label: name }))}
          value={null}
          onChange={(id) => id !== null && onChange([...ids, id])}
          searchable={addable.length > 8}
        />
      )}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </div>
  )
}
