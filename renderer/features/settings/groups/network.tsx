import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { ChoiceSetting } from '../parts/choice-setting.tsx'
import { SelectSetting } from '../parts/select-setting.tsx'
import { Setting } from '../parts/setting.tsx'
import { TextSetting } from '../parts/text-setting.tsx'

/** Where this node listens: everywhere, or on one address of this computer, now there or not. */
export function Host() {
  const { t } = useTranslation('settings')
  const host = useSnapshot(({ settings }) => settings.host) ?? ''
  const interfaces = useSnapshot(({ network }) => network.interfaces)
  const places = [
    { value: '', label: t('everyInterface') },
    { value: '127.0.0.1', label: t('onlyHere') },
    ...interfaces.flatMap(({ label, addresses }) =>
      addresses.map((value) => ({ value, label: t('oneAddress', { label, address: value }) })),
    ),
  ]
  const isThere = places.some(({ value }) => value === host)
  return (
    <SelectSetting
      title={t('host')}
      help={t('hostHelp')}
      of={['host']}
      data={isThere ? places : [...places, { value: host, label: t('notThereNow', { address: host }) }]}
      value={host}
      change={(value) => ({ host: value === '' ? null : value })}
    />
  )
}

/** Where others reach this computer, as it sees it. */
export function Addresses() {
  const { t } = useTranslation('settings')
  const urls = useSnapshot(({ node }) => node.urls)
  return (
    <Setting
      title={t('address')}
      help={urls.length === 0 ? t('noAddress') : t('addressHelp')}
      below={
        urls.length > 0 && (
          <ul className="setting-list" aria-label={t('address')}>
            {urls.map((url) => (
              <li key={url}>
                <code className="grow">{url}</code>
                <CopyValue value={url} label={t('copyUrl', { url })} />
              </li>
            ))}
          </ul>
        )
      }
    />
  )
}

export function OtherAddresses() {
  const { t } = useTranslation('settings')
  const otherAddresses = useSnapshot(({ settings }) => settings.otherAddresses)
  return (
    <TextSetting
      title={t('otherAddresses')}
      help={t('otherAddressesHelp')}
      value={otherAddresses.join(', ')}
      placeholder={t('none')}
      mono
      of={['otherAddresses']}
      allowed={t('allowed.otherAddresses')}
      change={(text) => ({ otherAddresses: text === '' ? [] : text.split(',').map((address) => address.trim()) })}
    />
  )
}

/** Whether this computer's connection is paid by volume: as it looks, or as the user says. */
export function Metered() {
  const { t } = useTranslation('settings')
  const chosen = useSnapshot(({ settings }) => settings.metered)
  const isMetered = useSnapshot(({ node }) => node.metered)
  return (
    <ChoiceSetting
      name="metered"
      title={t('metered')}
      help={chosen === 'auto' ? t(isMetered ? 'meteredLooksSo' : 'meteredLooksFree') : t('meteredHelp')}
      words={{ auto: t('meteredChoice.auto'), yes: t('meteredChoice.yes'), no: t('meteredChoice.no') }}
    />
  )
}
