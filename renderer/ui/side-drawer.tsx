import './side-drawer.css'
import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useRef } from 'react'

interface SideDrawerProps {
  /** Names it for those who hear the page. */
  label: string
  /** A `.drawer-head` and `.drawer-sections`. */
  children: ReactNode
  onClose: () => void
  /** Beside the screen, too, the focus goes to the element with `data-autofocus`, and back: for what is not walked through row by row. */
  takesFocus?: boolean
}

/** Details of one thing: beside the screen from 1080 px on, over it below, and all of it below 720 px. Escape closes it. */
export function SideDrawer({ label, children, onClose, takesFocus = false }: SideDrawerProps) {
  const isBeside = useMediaQuery('(min-width: 1080px)', true, { getInitialValueInEffect: false })
  const isPhone = useMediaQuery('(max-width: 719.98px)', false, { getInitialValueInEffect: false })
  if (isBeside)
    return (
      <Aside label={label} onClose={onClose} takesFocus={takesFocus}>
        {children}
      </Aside>
    )
  return (
    <Drawer.Root opened onClose={onClose} position="right" size={isPhone ? '100%' : 384} padding={0}>
      <Drawer.Overlay />
      {/* the dialog itself carries the name, which the short form of the component puts around it */}
      <Drawer.Content aria-label={label}>
        <Drawer.Body className="drawer">{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Aside({ label, children, onClose, takesFocus }: SideDrawerProps) {
  const root = useRef<HTMLElement>(null)
  // It stands last on the page: without this, many presses of the tab key away from what opened it.
  useEffect(() => {
    if (takesFocus !== true) return
    const before = document.activeElement
    root.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      // Not when the focus is somewhere else already, as when something else was opened instead.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
    }
  }, [takesFocus])
  useEffect(() => {
    const close = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose()
    }
    const element = root.current
    element?.addEventListener('keydown', close)
    return () => element?.removeEventListener('keydown', close)
  }, [onClose])
  return (
    <aside ref={root} className="drawer" aria-label={label}>
      {children}
    </aside>
  )
}
