import { ActionIcon, Select, VisuallyHidden } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useId, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from '../../ui/icons.ts'
import { moved } from './policy-draft.ts'

interface Named {
  id: string
  name: string
}

/** Some computers in an order: moved by buttons, so that it works from the keyboard and can be heard. */
export function NodeOrder({
  label,
  help,
  none,
  nodes,
  addable,
  onChange,
}: {
  label: string
  help: string
  /** Said while the list is empty. */
  none: string
  nodes: readonly Named[]
  addable: readonly Named[]
  onChange: (nodes: readonly string[]) => void
}) {
  const { t } = useTranslation('policies')
  const labelId = useId()
  const list = useRef<HTMLOListElement>(null)
  const [said, setSaid] = useState('')
  /** The button to focus once the list is drawn anew: a row that moves loses the focus. */
  const wanted = useRef<{ node: string; by: -1 | 1 } | null>(null)
  const ids = nodes.map(({ id }) => id)

  useLayoutEffect(() => {
    const target = wanted.current
    wanted.current = null
    if (target === null) return
    const row = list.current?.children[ids.indexOf(target.node)]
    const buttons = [...(row?.querySelectorAll('button') ?? [])]
    const [first, second] = target.by < 0 ? buttons : [buttons[1], buttons[0]]
    ;(first?.disabled ? second : first)?.focus()
  })

  function move({ id, name }: Named, by: -1 | 1): void {
    const next = moved(ids, id, by)
    wanted.current = { node: id, by }
    setSaid(t('nowAt', { name, place: next.indexOf(id) + 1, count: next.length }))
    onChange(next)
  }

  return (
    <div className="policy-nodes" role="group" aria-labelledby={labelId}>
      <div>
        <b id={labelId}>{label}</b>
        <small>{help}</small>
      </div>
      {nodes.length === 0 ? (
        <p className="hint">{none}</p>
      ) : (
        <ol ref={list}>
          {nodes.map((node, place) => (
            <li key={node.id}>
              <span className="policy-place num" aria-hidden>
                {place + 1}
              </span>
              <span className="grow cut" title={node.name}>
                {node.name}
              </span>
              <ActionIcon aria-label={t('earlier', { name: node.name })} disabled={place === 0} onClick={() => move(node, -1)}>
                <IconArrowUp {...buttonIcon} />
              </ActionIcon>
              <ActionIcon aria-label={t('later', { name: node.name })} disabled={place === nodes.length - 1} onClick={() => move(node, 1)}>
                <IconArrowDown {...buttonIcon} />
              </ActionIcon>
              <ActionIcon
                aria-label={t('takeOut', { name: node.name, list: label })}
                onClick={() => onChange(ids.filter((id) => id !== node.id))}
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
          placeholder={t('addNode')}
          aria-label={t('addNodeTo', { list: label })}
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
