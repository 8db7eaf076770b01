import { Button } from '@mantine/core'
import { IconArrowRight } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type SetupPage as PageName, setupPages } from '../../../electron/contract/setup.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { pageBefore } from './page-order.ts'
import type { SetupMoves } from './use-setup.ts'

interface SetupPageProps {
  page: PageName
  moves: SetupMoves
  title: string
  lead: string
  children: ReactNode
  /** Beside the buttons. */
  note?: string
  /** What the main button says when it does not just continue. */
  verb?: string
  /** What the main button does; absent where the page has a form around it. */
  onNext: () => void
  running?: boolean
  ready?: boolean
  /** The way on without doing what the page is about. */
  skip?: { verb: string; run: () => void }
}

/** One page of the setup: a question, what can be said to it, and the ways back, on and out. */
export function SetupPage({ page, moves, title, lead, children, note, verb, onNext, running, ready = true, skip }: SetupPageProps) {
  const { t } = useTranslation(['setup', 'common'])
  const before = pageBefore(page)
  const count = setupPages.length
  return (
    <main className="setup-main" id="main" tabIndex={-1}>
      <form
        className="setup-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) onNext()
        }}
      >
        <header className="setup-head">
          <p className="setup-step">{t('stepOf', { step: setupPages.indexOf(page) + 1, count })}</p>
          {page !== 'ready' && (
            <Button variant="subtle" color="gray" onClick={moves.leave}>
              {moves.begun ? t('leave') : t('later')}
            </Button>
          )}
        </header>
        <div className="setup-body">
          <Title>{title}</Title>
          <p className="setup-lead">{lead}</p>
          {children}
        </div>
        <FailureText failure={moves.failure} />
        <footer className="setup-footer">
          {before !== null && (
            <Button size="md" variant="default" onClick={() => moves.go(before)}>
              {t('common:back')}
            </Button>
          )}
          <span className="grow">{note}</span>
          {skip && (
            <Button size="md" variant="subtle" color="gray" onClick={skip.run}>
              {skip.verb}
            </Button>
          )}
          <Button
            size="md"
            type="submit"
            disabled={!ready}
            loading={running === true || moves.moving}
            rightSection={<IconArrowRight size={17} stroke={1.8} aria-hidden className="setup-arrow" />}
          >
            {verb ?? t('next')}
          </Button>
        </footer>
      </form>
    </main>
  )
}

/** Gets the focus when its page comes up, so that the keyboard and a screen reader begin there. */
function Title({ children }: { children: string }) {
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <h1 ref={title} tabIndex={-1}>
      {children}
    </h1>
  )
}
