import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { InterfaceView } from '../../../electron/contract/discovery.ts'
import type { Settings } from '../../../electron/contract/settings.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'
import { Setting } from './setting.tsx'
import { TextSetting } from './text-setting.tsx'
import { useSetting } from './use-setting.ts'

/** Who sees this computer on the local network, whether it looks for others, and on which interfaces. */
export function DiscoverySettings() {
  const { t } = useTranslation('settings')
  const [, navigate] = useLocation()
  const interfaces = useSnapshot(({ network }) => network.interfaces)
  const ignored = useSnapshot(({ settings }) => settings.ignoredInterfaces)
  return (
    <section className="card" aria-labelledby="discovery-title">
      <h2 id="discovery-title">{t('discovery')}</h2>
      <SwitchSetting name="beSeen" />
      <SwitchSetting name="tellMeshNames" />
      <SwitchSetting name="lookAround" />
      {interfaces.map((each) => (
        <InterfaceLine key={each.name} view={each} />
      ))}
      <TextSetting
        title={t('ignoredInterfaces')}
        help={t('ignoredInterfacesHelp')}
        value={ignored.join(', ')}
        mono
        change={(text) => ({ ignoredInterfaces: text === '' ? null : text.split(',').map((pattern) => pattern.trim()) })}
      />
      <Setting title={t('doctor')} help={t('doctorHelp')}>
        <Button variant="default" onClick={() => navigate('/settings/doctor')}>
          {t('doctorVerb')}
        </Button>
      </Setting>
    </section>
  )
}

type SwitchName = 'beSeen' | 'tellMeshNames' | 'lookAround'

function SwitchSetting({ name }: { name: SwitchName }) {
  const { t } = useTranslation('settings')
  const on: Settings[SwitchName] = useSnapshot(({ settings }) => settings[name])
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

const marks: Record<InterfaceView['discovery'], Mark> = { on: 'online', off: 'off', failed: 'problem', none: 'off' }

function InterfaceLine({ view: { name, label, addresses, discovery, ignored, problem } }: { view: InterfaceView }) {
  const { t } = useTranslation('settings')
  return (
    <Setting title={label === name ? name : `${label} (${name})`} help={<code>{addresses.join('  ')}</code>} below={problem}>
      <StateWord mark={marks[discovery]}>{t(ignored ? 'interfaceIgnored' : `interfaceState.${discovery}`)}</StateWord>
    </Setting>
  )
}
