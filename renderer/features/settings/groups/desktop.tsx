import { useTranslation } from 'react-i18next'
import { SwitchSetting } from '../parts/switch-setting.tsx'

export function NotifyRequests() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="notifyRequests" title={t('notifyRequests')} help={t('notifyRequestsHelp')} />
}

export function NotifyCapabilities() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="notifyCapabilities" title={t('notifyCapabilities')} help={t('notifyCapabilitiesHelp')} />
}

export function NotifyPeers() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="notifyPeers" title={t('notifyPeers')} help={t('notifyPeersHelp')} />
}

/** Goes off by itself once it has been said. */
export function TellClosing() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="tellClosing" title={t('tellClosing')} help={t('tellClosingHelp')} />
}

export function KeepAwake() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="keepAwake" title={t('keepAwake')} help={t('keepAwakeHelp')} />
}
