import { Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortMappingView } from '../../../electron/contract/port-mapping.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { FailureText } from '../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../ui/state-mark.tsx'
import { Setting } from './setting.tsx'
import { useSetting } from './use-setting.ts'

/** Whether the router lets the internet reach this node. Switching it on says first what that means. */
export function PortMappingSetting() {
  const { t } = useTranslation('settings')
  const on = useSnapshot(({ settings }) => settings.portMapping)
  const port = useSnapshot(({ node }) => node.port)
  const view = useSnapshot(({ node }) => node.portMapping)
  const [asking, setAsking] = useState(false)
  const save = useSetting()
  const set = async (next: boolean) => {
    if ((await save.run({ portMapping: next })) === true) setAsking(false)
  }
  return (
    <Setting
      title={t('portMapping')}
      help={t('portMappingHelp')}
      below={save.failure && !asking ? <FailureText failure={save.failure} /> : on && <MappingState view={view} />}
    >
      <Switch
        size="md"
        checked={save.running ? !on : on}
        disabled={save.running}
        onChange={(event) => (event.currentTarget.checked ? setAsking(true) : void set(false))}
        aria-label={t('portMapping')}
      />
      {asking && (
        <ConfirmDialog
          title={t('portMappingTitle')}
          verb={t('portMappingVerb')}
          running={save.running}
          failure={save.failure}
          onConfirm={() => void set(true)}
          onClose={() => setAsking(false)}
        >
          {t('portMappingAsks', { port })}
        </ConfirmDialog>
      )}
    </Setting>
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
