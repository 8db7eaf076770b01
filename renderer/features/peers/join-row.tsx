import { memo } from 'react'
import { useTranslation } from 'react-i18next'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { rowIcon } from '../../ui/icons.ts'
import { MachineIcon } from '../../ui/glyph.tsx'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'
import { approverOf } from './peer-filter.ts'

interface JoinRowProps {
  join: JoinView
  tabIndex: number
  onOpen: (id: string) => void
}

const marks: Record<JoinView['state'], Mark> = {
  connecting: 'reconnecting',
  waiting: 'waiting',
  confirming: 'waiting',
  joined: 'online',
  rejected: 'problem',
  expired: 'problem',
  failed: 'problem',
}

/** A join of this node that is not through: whoever closed its dialog finds it here, beside those who ask this node. */
export const JoinRow = memo(function JoinRow({ join, tabIndex, onOpen }: JoinRowProps) {
  const { t } = useTranslation(['peers', 'overview'])
  const { id, url, state, mesh } = join
  const name = approverOf(join)
  const said = t(`overview:join.${state}`, { name, mesh: mesh?.name ?? name })
  return (
    <button type="button" className="row peer-row" aria-label={said} tabIndex={tabIndex} onClick={() => onOpen(id)}>
      <span className="well">
        <MachineIcon os={null} {...rowIcon} />
      </span>
      <span>
        <b title={name}>{name}</b>
        <small>{mesh?.name ?? url}</small>
      </span>
      <span className="peer-state">
        <StateWord mark={marks[state]}>{state === 'waiting' ? t('waits') : said}</StateWord>
        <small>{t('notMember')}</small>
      </span>
    </button>
  )
})
