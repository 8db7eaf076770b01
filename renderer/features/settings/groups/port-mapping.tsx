import { useTranslation } from 'react-i18next'
import type { PortMappingView } from '../../../../electron/contract/port-mapping.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { type Mark, StateWord } from '../../../ui/state-mark.tsx'
import { SwitchSetting } from '../parts/switch-setting.tsx'

/** Whether the router lets the internet reach this node. Switching it on says first what that means. */
export function PortMapping() {
  const { t } = useTranslation('settings')
  const on = useSnapshot(({ settings }) => settings.portMapping)
  const { port, view } = useSnapshot(({ node }) => ({ port: node.port, view: node.portMapping }))
  return (
    <SwitchSetting
      name="portMapping"
      title={t('portMapping')}
      help={t('portMappingHelp')}
      asks={{ title: t('portMappingTitle'), verb: t('portMappingVerb'), text: t('portMappingAsks', { port }) }}
      state={on && <MappingState view={view} />}
    />
  )
}

const marks: Record<PortMappingView['state'], Mark> = { off: 'off', asking: 'checking', mapped: 'online', failed: 'problem' }

function MappingState({ view }: { view: PortMappingView }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <div role="status">
      <StateWord mark={marks[view.state]}>{words()}</StateWord>
    </div>
  )

  function words(): string {
    switch (view.state) {
      case 'off':
      case 'asking':
        return t('mappingAsking')
      case 'mapped': {
        const place = { address: `${view.address}:${view.port}`, by: view.by }
        return view.until === null ? t('mappedForGood', place) : t('mappedUntil', { ...place, time: format.time(view.until) })
      }
      case 'failed':
        return t(`mappingFails.${view.why}`, { detail: view.detail ?? '' })
    }
  }
}
