import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { InterfaceView } from '../../../../electron/contract/discovery.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../../ui/state-mark.tsx'
import { withInterface } from '../ignored-interfaces.ts'
import { Setting } from '../parts/setting.tsx'
import { SwitchSetting } from '../parts/switch-setting.tsx'
import { TextSetting } from '../parts/text-setting.tsx'
import { useSetting } from '../parts/use-setting.ts'

export function BeSeen() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="beSeen" title={t('beSeen')} help={t('beSeenHelp')} />
}

export function TellMeshNames() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="tellMeshNames" title={t('tellMeshNames')} help={t('tellMeshNamesHelp')} />
}

export function LookAround() {
  const { t } = useTranslation('settings')
  return <SwitchSetting name="lookAround" title={t('lookAround')} help={t('lookAroundHelp')} />
}

/** The interfaces of this computer, each taken in or left out, with what is going on there. */
export function Interfaces() {
  const { t } = useTranslation('settings')
  const interfaces = useSnapshot(({ network }) => network.interfaces)
  const patterns = useSnapshot(({ settings }) => settings.ignoredInterfaces)
  const save = useSetting()
  const all = interfaces.map(({ name }) => name)
  return (
    <Setting
      title={t('interfaces')}
      help={t(interfaces.length === 0 ? 'noInterfaces' : 'interfacesHelp')}
      below={
        interfaces.length > 0 && (
          <>
            <ul className="setting-list" aria-label={t('interfaces')}>
              {interfaces.map((view) => (
                <InterfaceLine
                  key={view.name}
                  view={view}
                  busy={save.running}
                  onUse={(used) => void save.run({ ignoredInterfaces: withInterface(patterns, view.name, { used, all }) })}
                />
              ))}
            </ul>
            <FailureText failure={save.failure} />
          </>
        )
      }
    />
  )
}

const marks: Record<InterfaceView['discovery'], Mark> = { on: 'online', off: 'off', failed: 'problem', none: 'off' }

interface InterfaceLineProps {
  view: InterfaceView
  busy: boolean
  onUse: (used: boolean) => void
}

function InterfaceLine({ view, busy, onUse }: InterfaceLineProps) {
  const { t } = useTranslation('settings')
  const { name, label, addresses, discovery, ignored, problem } = view
  const title = label === name ? name : `${label} (${name})`
  return (
    <li className="interface-line">
      <Switch
        checked={!ignored}
        disabled={busy}
        onChange={(event) => onUse(event.currentTarget.checked)}
        aria-label={t('useInterface', { name: title })}
      />
      <div className="grow">
        <b>{title}</b>
        <code>{addresses.join('  ')}</code>
        {problem !== null && <small>{problem}</small>}
      </div>
      <StateWord mark={marks[discovery]}>{t(ignored ? 'interfaceIgnored' : `interfaceState.${discovery}`)}</StateWord>
    </li>
  )
}

export function IgnoredInterfaces() {
  const { t } = useTranslation('settings')
  const ignored = useSnapshot(({ settings }) => settings.ignoredInterfaces)
  return (
    <TextSetting
      title={t('ignoredInterfaces')}
      help={t('ignoredInterfacesHelp')}
      value={ignored.join(', ')}
      mono
      of={['ignoredInterfaces']}
      allowed={t('allowed.ignoredInterfaces')}
      change={(text) => ({ ignoredInterfaces: text === '' ? null : text.split(',').map((pattern) => pattern.trim()) })}
    />
  )
}
