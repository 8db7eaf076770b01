import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PortCheck } from '../../../../electron/contract/programs.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useLookup } from '../../../store/use-lookup.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../../ui/state-mark.tsx'
import { TextSetting } from '../parts/text-setting.tsx'

/** The port of this node. While another one is typed, the node tries whether it is free, and says who has it. */
export function Port() {
  const { t } = useTranslation('settings')
  const port = useSnapshot(({ settings }) => settings.port)
  const { inUse, moved } = useSnapshot(({ node }) => ({ inUse: node.port, moved: node.movedFromPort }))
  return (
    <TextSetting
      title={t('port')}
      help={moved === null ? t('portHelp', { port: inUse }) : t('portMoved', { from: moved, port: inUse })}
      value={port === undefined ? '' : String(port)}
      placeholder={t('automatic')}
      numeric
      of={['port']}
      allowed={t('allowed.port')}
      Found={PortState}
      change={(text) => ({ port: text === '' ? null : Number(text) })}
    />
  )
}

/** A person has stopped typing, ms. */
const stillFor = 500

const marks: Record<PortCheck['state'], Mark> = {
  free: 'online',
  own: 'online',
  taken: 'problem',
  forbidden: 'problem',
  no_address: 'problem',
}

function PortState({ text }: { text: string }) {
  const { t } = useTranslation('settings')
  const call = useCall()
  const look = useCallback((typed: string) => call('port.check', { port: Number(typed) }), [call])
  const lookup = useLookup(text, look, stillFor)
  switch (lookup.kind) {
    case 'idle':
      return null
    case 'failed':
      return <FailureText failure={lookup.failure} />
    case 'looking':
      return (
        <div role="status">
          <StateWord mark="checking">{t('portLooking', { port: text })}</StateWord>
        </div>
      )
    case 'found': {
      const { port, state, holder } = lookup.content
      const words =
        state === 'taken' && holder !== null
          ? t('portTakenBy', { port, program: holder.name, pid: String(holder.pid) })
          : t(`portState.${state}`, { port })
      return (
        <div role="status">
          <StateWord mark={marks[state]}>{words}</StateWord>
        </div>
      )
    }
  }
}
