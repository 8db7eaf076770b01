import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { useAutostart } from '../../../store/use-autostart.ts'
import { AutostartSwitch } from '../../../ui/autostart-switch.tsx'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { desktopSystem } from '../../../store/desktop-system.ts'
import { pageAfter } from '../page-order.ts'
import { SetupPage } from '../setup-page.tsx'
import { TrayPicture } from '../tray-picture.tsx'
import { useSetup } from '../use-setup.ts'

/** How one gets back to the program: its icon, or the page of a computer without a desktop; and whether it starts by itself. */
export function StartPage() {
  const { t } = useTranslation('setup')
  const moves = useSetup()
  const autostart = useAutostart()
  const headless = useSnapshot(({ node }) => node.face === 'headless')
  return (
    <SetupPage
      page="start"
      moves={moves}
      title={t(headless ? 'start.titleHeadless' : 'start.title')}
      lead={t(headless ? 'start.leadHeadless' : 'start.lead')}
      onNext={() => moves.go(pageAfter('start'))}
    >
      {headless ? <Reopen /> : <Tray />}
      <section className="setup-part" aria-labelledby="autostart-title">
        <h2 id="autostart-title">{t('start.autostart')}</h2>
        <AutostartSwitch {...autostart} />
      </section>
    </SetupPage>
  )
}

function Tray() {
  const { t } = useTranslation('setup')
  const system = useSnapshot(({ node }) => desktopSystem(node.os))
  return (
    <section className="setup-part" aria-labelledby="tray-title">
      <h2 id="tray-title">{t('start.tray')}</h2>
      <TrayPicture system={system} />
      <p>{t(`start.trayOf.${system}`)}</p>
    </section>
  )
}

function Reopen() {
  const { t } = useTranslation('setup')
  const folder = useSnapshot(({ node }) => node.dataDir)
  const command = `npx fcn open --data ${/^[\w./~-]+$/u.test(folder) ? folder : `"${folder}"`}`
  return (
    <section className="setup-part" aria-labelledby="reopen-title">
      <h2 id="reopen-title">{t('start.reopen')}</h2>
      <p>{t('start.reopenHelp')}</p>
      <div className="copy-line">
        <code>{command}</code>
        <CopyValue value={command} label={t('start.copyCommand')} />
      </div>
    </section>
  )
}
