import { SegmentedControl } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { settings as schema } from '../../../electron/contract/settings.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { CopyValue } from '../../ui/copy-value.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { PortMappingSetting } from './port-mapping-setting.tsx'
import { Setting } from './setting.tsx'
import { TextSetting } from './text-setting.tsx'
import { useSetting } from './use-setting.ts'

/** Where this node listens, and the addresses others use. An empty field leaves the choice to the node. */
export function NetworkSettings() {
  const { t } = useTranslation('settings')
  const { port, host, otherAddresses } = useSnapshot(({ settings }) => settings)
  const { inUse, moved } = useSnapshot(({ node }) => ({ inUse: node.port, moved: node.movedFromPort }))
  const urls = useSnapshot(({ node }) => node.urls)
  const portHelp = moved === null ? t('portHelp', { port: inUse }) : t('portMoved', { from: moved, port: inUse })
  return (
    <section className="card" aria-labelledby="network-title">
      <h2 id="network-title">{t('network')}</h2>
      <TextSetting
        title={t('port')}
        help={portHelp}
        value={port === undefined ? '' : String(port)}
        placeholder={t('automatic')}
        numeric
        change={(text) => ({ port: text === '' ? null : Number(text) })}
      />
      <TextSetting
        title={t('host')}
        help={t('hostHelp')}
        value={host ?? ''}
        placeholder={t('everyInterface')}
        mono
        change={(text) => ({ host: text === '' ? null : text })}
      />
      <PortMappingSetting />
      <TextSetting
        title={t('otherAddresses')}
        help={t('otherAddressesHelp')}
        value={otherAddresses.join(', ')}
        placeholder={t('none')}
        mono
        change={(text) => ({ otherAddresses: text === '' ? [] : text.split(',').map((address) => address.trim()) })}
      />
      <MeteredSetting />
      {urls.map((url, i) => (
        <Setting key={url} title={i === 0 ? t('address') : t('addressToo')} help={<code>{url}</code>}>
          <CopyValue value={url} label={t('copyUrl', { url })} />
        </Setting>
      ))}
    </section>
  )
}

const choices = schema.shape.metered.unwrap().options

/** Whether this computer's connection is paid by volume: as it looks, or as the user says. */
function MeteredSetting() {
  const { t } = useTranslation('settings')
  const chosen = useSnapshot(({ settings }) => settings.metered)
  const isMetered = useSnapshot(({ node }) => node.metered)
  const save = useSetting()
  const help = chosen === 'auto' ? t(isMetered ? 'meteredLooksSo' : 'meteredLooksFree') : t('meteredHelp')
  return (
    <Setting title={t('metered')} help={help} below={save.failure && <FailureText failure={save.failure} />}>
      <SegmentedControl
        data={choices.map((value) => ({ value, label: t(`meteredChoice.${value}`) }))}
        value={chosen}
        onChange={(value) => void save.run({ metered: schema.shape.metered.parse(value) })}
        aria-label={t('metered')}
      />
    </Setting>
  )
}
