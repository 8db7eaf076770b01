import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../../store/app-context.ts'
import { Setting } from '../parts/setting.tsx'
import { SwitchSetting } from '../parts/switch-setting.tsx'

/** Where the private keys are and why; only the desktop app can choose. */
export function Keys() {
  const { t } = useTranslation('settings')
  const { keyProtection, face } = useSnapshot(({ node }) => node)
  const { kind, backend, why } = keyProtection
  const where = kind === 'keystore' ? t('keysWrapped', { backend: backend ?? t('keyStore') }) : t('keysInFiles')
  return (
    <>
      <Setting title={t('keys')} help={why === null ? where : `${where} ${why}`} />
      {face === 'desktop' && <SwitchSetting name="protectKeys" title={t('protectKeys')} help={t('protectKeysHelp')} />}
    </>
  )
}

/** Plain HTTP beyond this computer, on or off. Switching it off asks first when peers would be lost. */
export function EncryptedOnly() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const on = useSnapshot(({ settings }) => settings.encryptedPeersOnly)
  const legacy = useSnapshot(({ peers }) => Object.values(peers).flatMap(({ kind, name }) => (kind === 'legacy' ? [name] : [])))
  const count = legacy.length
  const list = format.list(legacy)
  const lost = count === 0 ? t('noLegacyPeers') : t(on ? 'legacyLost' : 'legacyWouldBeLost', { count, list })
  const asks = { title: t('encryptedOnlyTitle'), verb: t('encryptedOnlyVerb'), text: t('encryptedOnlyAsks', { count, list }) }
  return (
    <SwitchSetting
      name="encryptedPeersOnly"
      title={t('encryptedOnly')}
      help={`${t('encryptedOnlyHelp')} ${lost}`}
      asks={count > 0 ? asks : null}
    />
  )
}

export function Identity() {
  const { t } = useTranslation('settings')
  const { open } = useDialogs()
  return (
    <Setting title={t('identity')} help={t('identityHelp')}>
      <Button variant="default" onClick={() => open({ kind: 'renew-identity' })}>
        {t('renewIdentity')}
      </Button>
    </Setting>
  )
}
