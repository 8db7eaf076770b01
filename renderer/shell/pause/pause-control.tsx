import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from '../../ui/icons.ts'
import { PauseItems } from './pause-items.tsx'
import { usePause } from './use-pause.ts'

/** Pauses everything that is shared, by one of three choices, or resumes. `short` where there is little room. */
export function PauseControl({ short = false }: { short?: boolean }) {
  const { t } = useTranslation('pause')
  const { pause, start, resume } = usePause()
  const root = useRef<HTMLSpanElement>(null)
  const isPaused = pause !== null
  /** Somebody has just used one of the two buttons: the focus goes on to the other, which takes its place. */
  const isUsed = useRef(false)
  const before = useRef(isPaused)
  useEffect(() => {
    if (before.current === isPaused) return
    before.current = isPaused
    if (isUsed.current) root.current?.querySelector('button')?.focus()
    isUsed.current = false
  }, [isPaused])
  const using =
    <A extends unknown[]>(act: (...args: A) => void) =>
    (...args: A) => {
      isUsed.current = true
      act(...args)
    }
  return (
    <span ref={root} className="pause-control">
      {isPaused ? (
        <Button variant="default" leftSection={<IconPlayerPlay {...buttonIcon} />} onClick={using(() => resume())}>
          {t('resume')}
        </Button>
      ) : (
        <Menu width={250}>
          <Menu.Target>
            <Button
              variant="default"
              leftSection={<IconPlayerPause {...buttonIcon} />}
              rightSection={<IconChevronDown size={14} aria-hidden />}
            >
              {t(short ? 'pause' : 'pauseAll')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <PauseItems onChoose={using(start)} />
          </Menu.Dropdown>
        </Menu>
      )}
    </span>
  )
}
