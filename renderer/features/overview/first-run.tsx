import { UnstyledButton } from '@mantine/core'
import { IconChevronRight, IconHomePlus, IconLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { wellIcon } from '../../ui/icons.ts'
import { Dusk } from '../../ui/dusk.tsx'

/** A node without a mesh: what this is, and the two ways to begin. */
export function FirstRun() {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const { name, url } = useSnapshot(({ node }) => ({ name: node.name, url: node.urls[0] ?? `http://127.0.0.1:${node.port}` }))
  const choices = [
    { kind: 'create-mesh', icon: IconHomePlus, title: t('first.create'), text: t('first.createHelp') },
    { kind: 'join', icon: IconLink, title: t('first.join'), text: t('first.joinHelp') },
  ] as const
  return (
    <section className="card first-run" aria-label={t('first.title')}>
      <div className="dusk-panel">
        <Dusk />
      </div>
      <div className="first-words">
        <h1>{t('first.title')}</h1>
        <p className="lead">{t('first.lead')}</p>
        <div className="choices">
          {choices.map(({ kind, icon: Icon, title, text }) => (
            <UnstyledButton key={kind} className="choice" onClick={() => open({ kind })}>
              <span className="choice-icon">
                <Icon {...wellIcon} />
              </span>
              <span className="grow">
                <b>{title}</b>
                <span>{text}</span>
              </span>
              <IconChevronRight size={18} aria-hidden />
            </UnstyledButton>
          ))}
        </div>
        <UnstyledButton className="more" c="var(--fcn-accent)" mt={12} onClick={() => open({ kind: 'restore-recovery' })}>
          {t('first.recovery')}
        </UnstyledButton>
        <p className="first-note">{t('first.note', { name, url })}</p>
      </div>
    </section>
  )
}
