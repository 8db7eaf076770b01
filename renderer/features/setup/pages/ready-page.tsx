import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../../store/app-context.ts'
import { meshesByAge, summarise } from '../../../store/node-summary.ts'
import { useAutostart } from '../../../store/use-autostart.ts'
import { buttonIcon } from '../../../ui/icons.ts'
import { type Mark, StateMark } from '../../../ui/state-mark.tsx'
import { joinsUnderWay } from '../mesh-ways.ts'
import { nextStep } from '../next-step.ts'
import { SetupPage } from '../setup-page.tsx'
import { type SetupMoves, useSetup } from '../use-setup.ts'

/** What is true now, and the one thing to do next. */
export function ReadyPage() {
  const { t } = useTranslation('setup')
  const moves = useSetup()
  return (
    <SetupPage page="ready" moves={moves} title={t('ready.title')} lead={t('ready.lead')} verb={t('ready.done')} onNext={moves.finish}>
      <Facts />
      <Next moves={moves} />
    </SetupPage>
  )
}

function Facts() {
  const { t } = useTranslation(['setup', 'common'])
  const format = useFormat()
  const autostart = useAutostart().view
  const meshes = useSnapshot(meshesByAge)
  const joins = useSnapshot((snapshot) => joinsUnderWay(snapshot))
  const sharing = useSnapshot((snapshot) => summarise(snapshot).sharing)
  const name = useSnapshot(({ node }) => node.name)
  const list = format.list(sharing.map((capability) => t(`common:capabilityInText.${capability}`)))
  const facts: { mark: Mark; text: string }[] = [
    { mark: 'online', text: t('ready.name', { name }) },
    ...meshes.map(({ name: mesh, members, online }) => ({
      mark: 'online' as const,
      text: t('ready.inMesh', { mesh, count: members, online }),
    })),
    ...joins.map(({ approver, url }) => ({ mark: 'waiting' as const, text: t('ready.waiting', { name: approver?.name ?? url }) })),
    ...(meshes.length + joins.length === 0 ? [{ mark: 'off' as const, text: t('ready.noMesh') }] : []),
    { mark: sharing.length > 0 ? 'online' : 'off', text: sharing.length > 0 ? t('ready.shares', { list }) : t('ready.sharesNothing') },
    ...(autostart?.supported === true
      ? [
          {
            mark: autostart.enabled ? ('online' as const) : ('off' as const),
            text: t(autostart.enabled ? 'ready.starts' : 'ready.startsNot'),
          },
        ]
      : []),
  ]
  return (
    <ul className="setup-facts" aria-label={t('ready.facts')}>
      {facts.map(({ mark, text }) => (
        <li key={text}>
          <StateMark mark={mark} size={15} /> <span>{text}</span>
        </li>
      ))}
    </ul>
  )
}

function Next({ moves }: { moves: SetupMoves }) {
  const { t } = useTranslation(['setup', 'common'])
  const { open } = useDialogs()
  const next = useSnapshot(nextStep)
  const url = useSnapshot(({ node }) => node.urls[0] ?? `http://127.0.0.1:${node.port}`)
  return (
    <section className="setup-part" aria-labelledby="next-title">
      <h2 id="next-title">{t('ready.next')}</h2>
      <p>{t(`ready.${next.text}`, { url, name: next.name })}</p>
      {next.text === 'inviteNext' && (
        <Button variant="default" leftSection={<IconUserPlus {...buttonIcon} />} onClick={() => open({ kind: 'invite' })}>
          {t('common:invite')}
        </Button>
      )}
      {next.text === 'meshNext' && (
        <Button variant="default" onClick={() => moves.go('mesh')}>
          {t('ready.toMesh')}
        </Button>
      )}
    </section>
  )
}
