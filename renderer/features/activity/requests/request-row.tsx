import { UnstyledButton } from '@mantine/core'
import { IconArrowDownLeft, IconArrowUpRight, IconPlugConnected } from '@tabler/icons-react'
import { createElement, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { RouteView } from '../../../../electron/contract/routing.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { iconOfCapability, rowIcon } from '../../../ui/icons.ts'
import { NamedSentence } from '../../../ui/named-sentence.tsx'
import { PathMark } from '../../../ui/path-mark.tsx'
import { StateWord } from '../../../ui/state-mark.tsx'
import { RequestDetails } from './request-details.tsx'
import { resultMarks, useRouteText } from './route-text.ts'

interface RequestRowProps {
  route: RouteView
  now: number
  open: boolean
  onToggle: () => void
}

/** One request: when, who asked for what, where it ran, how much in what time, and how it ended. Opens to its details. */
export function RequestRow({ route, now, open, onToggle }: RequestRowProps) {
  const { t } = useTranslation('routed')
  const format = useFormat()
  const id = useId()
  const { asked, place, took, amounts, result } = useRouteText()(route, now)
  const inbound = route.from !== null
  return (
    <li data-open={open || undefined}>
      <UnstyledButton className="entry request-row" aria-expanded={open} aria-controls={open ? id : undefined} onClick={onToggle}>
        <time className="num" dateTime={new Date(route.at).toISOString()}>
          {format.time(route.at)}
        </time>
        <span className="well">
          {createElement(route.kind === 'capability' ? iconOfCapability(route.what) : IconPlugConnected, rowIcon)}
          <span className="request-way" data-in={inbound || undefined} role="img" aria-label={inbound ? t('inbound') : t('outbound')}>
            {createElement(inbound ? IconArrowDownLeft : IconArrowUpRight, { size: 11, stroke: 2.4, 'aria-hidden': true })}
          </span>
        </span>
        <span className="entry-what">
          <span>
            <NamedSentence>{asked}</NamedSentence>
          </span>
          <small className="request-place">
            <PathMark path={route.path ?? 'none'} size={18} />
            <span>{place}</span>
          </small>
        </span>
        <span className="request-sums num">
          {amounts !== '' && <span>{amounts}</span>}
          <small>{took}</small>
        </span>
        <StateWord mark={resultMarks[route.result]}>{result}</StateWord>
      </UnstyledButton>
      {open && <RequestDetails id={id} route={route} />}
    </li>
  )
}
