import './side-drawer.css'
import { ActionIcon, Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

interface SideDrawerProps {
  /** Names it for those who hear the page. */
  label: string
  icon: ReactNode
  title: string
  /** Below the title: how the thing stands. */
  state: ReactNode
  children: ReactNode
  footer?: ReactNode
  onClose: () => void
}

/** Details of one thing: beside the screen from 1080 px on, over it below, and all of it below 720 px. Escape closes it. */
export function SideDrawer(props: SideDrawerProps) {
  const beside = useMediaQuery('(min-width: 1080px)', true, { getInitialValueInEffect: false })
  const isPhone = useMediaQuery('(max-width: 719.98px)', false, { getInitialValueInEffect: false })
  if (beside) return <Aside {...props} />
  return (
    <Drawer
      opened
      onClose={props.onClose}
      position="right"
      size={isPhone ? '100%' : 384}
      padding={0}
      withCloseButton={false}
      aria-label={props.label}
    >
      <div className="side-drawer">
        <Content {...props} />
      </div>
    </Drawer>
  )
}

function Aside(props: SideDrawerProps) {
  const root = useRef<HTMLElement>(null)
  // The focus goes to what was opened, and back to where it came from: the drawer stands last on the page.
  useEffect(() => {
    const before = document.activeElement
    root.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  useEffect(() => {
    const close = (event: KeyboardEvent) => event.key === 'Escape' && !event.defaultPrevented && props.onClose()
    const element = root.current
    element?.addEventListener('keydown', close)
    return () => element?.removeEventListener('keydown', close)
  }, [props])
  return (
    <aside ref={root} className="side-drawer" aria-label={props.label}>
      <Content {...props} />
    </aside>
  )
}

function Content({ icon, title, state, children, footer, onClose }: SideDrawerProps) {
  const { t } = useTranslation()
  return (
    <>
      <header className="side-drawer-head">
        {icon}
        <div className="grow">
          <h2 className="cut" title={title}>
            {title}
          </h2>
          {state}
        </div>
        <ActionIcon aria-label={t('closeThing', { name: title })} onClick={onClose} data-autofocus>
          <IconX size={18} aria-hidden />
        </ActionIcon>
      </header>
      {children}
      {footer !== undefined && <footer className="side-drawer-foot">{footer}</footer>}
    </>
  )
}

/** One part of it, below its heading. */
export function DrawerSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="side-drawer-section" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  )
}
