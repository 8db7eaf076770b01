import { Button, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../electron/contract/settings.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useDialogs, useSnapshot } from '../../store/app-context.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { BlockedNodes } from './blocked-nodes.tsx'
import { Setting } from './setting.tsx'
import { TextSetting } from './text-setting.tsx'
import { useSetting } from './use-setting.ts'

/** Where the keys are, who may come in without encryption or key, what is noted down and for how long. */
export function SecuritySettings() {
  const { t } = useTranslation('settings')
  const { open } = useDialogs()
  const { localUseNeedsKey, auditDays, auditEntries } = useSnapshot(({ settings }) => settings)
  const format = useFormat()
  return (
    <section className="card" aria-labelledby="security-title">
      <h2 id="security-title">{t('security')}</h2>
      <KeyProtection />
      <SwitchSetting name="localUseNeedsKey" on={localUseNeedsKey} />
      <EncryptedOnly />
      <TextSetting
        title={t('auditDays')}
        help={t('auditDaysHelp')}
        value={String(auditDays)}
        numeric
        change={(text) => ({ auditDays: Number(text) })}
      />
      <TextSetting
        title={t('auditEntries')}
        help={t('auditEntriesHelp', { size: format.bytes(auditEntries * bytesPerEntry) })}
        value={String(auditEntries)}
        numeric
        change={(text) => ({ auditEntries: Number(text) })}
      />
      <BlockedNodes />
      <Setting title={t('identity')} help={t('identityHelp')}>
        <Button variant="default" onClick={() => open({ kind: 'renew-identity' })}>
          {t('renewIdentity')}
        </Button>
      </Setting>
    </section>
  )
}

/** About what an entry of the audit log takes on disk (contract, `settings`). */
const bytesPerEntry = 300

type SwitchName = 'localUseNeedsKey' | 'protectKeys'

function SwitchSetting({ name, on }: { name: SwitchName; on: Settings[SwitchName] }) {
  const { t } = useTranslation('settings')
  const save = useSetting()
  return (
    <Setting title={t(name)} help={t(`${name}Help`)} below={save.failure && <FailureText failure={save.failure} />}>
      <Switch
        size="md"
        checked={save.running ? !on : on}
        disabled={save.running}
        onChange={(event) => void save.run({ [name]: event.currentTarget.checked })}
        aria-label={t(name)}
      />
    </Setting>
  )
}

/** Where the private keys are and why; only the desktop app can choose. */
function KeyProtection() {
  const { t } = useTranslation('settings')
  const { keyProtection, face } = useSnapshot(({ node }) => node)
  const protectKeys = useSnapshot(({ settings }) => settings.protectKeys)
  const { kind, backend, why } = keyProtection
  const where = kind === 'keystore' ? t('keysWrapped', { backend: backend ?? t('keyStore') }) : t('keysInFiles')
  return (
    <>
      <Setting title={t('keys')} help={why === null ? where : `${where} ${why}`} />
      {face === 'desktop' && <SwitchSetting name="protectKeys" on={protectKeys} />}
    </>
  )
}

/** Plain HTTP beyond this computer, on or off. Switching it off asks first when peers would be lost. */
function EncryptedOnly() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const on = useSnapshot(({ settings }) => settings.encryptedPeersOnly)
  const legacy = useSnapshot(({ peers }) => Object.values(peers).flatMap(({ kind, name }) => (kind === 'legacy' ? [name] : [])))
  const [asking, setAsking] = useState(false)
  const save = useSetting()
  const set = async (next: boolean) => {
    if ((await save.run({ encryptedPeersOnly: next })) === true) setAsking(false)
  }
  const list = format.list(legacy)
  const lost = legacy.length === 0 ? t('noLegacyPeers') : t(on ? 'legacyLost' : 'legacyWouldBeLost', { count: legacy.length, list })
  return (
    <Setting
      title={t('encryptedOnly')}
      help={`${t('encryptedOnlyHelp')} ${lost}`}
      below={save.failure && !asking && <FailureText failure={save.failure} />}
    >
      <Switch
        size="md"
        checked={save.running ? !on : on}
        disabled={save.running}
        onChange={(event) => (event.currentTarget.checked && legacy.length > 0 ? setAsking(true) : void set(event.currentTarget.checked))}
        aria-label={t('encryptedOnly')}
      />
      {asking && (
        <ConfirmDialog
          title={t('encryptedOnlyTitle')}
          verb={t('encryptedOnlyVerb')}
          running={save.running}
          failure={save.failure}
          onConfirm={() => void set(true)}
          onClose={() => setAsking(false)}
        >
          {t('encryptedOnlyAsks', { count: legacy.length, list })}
        </ConfirmDialog>
      )}
    </Setting>
  )
}
