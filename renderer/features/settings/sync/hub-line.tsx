import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SyncEvery, SyncHubView } from '../../../../electron/contract/hub-sync.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall } from '../../../store/app-context.ts'
import { useNow } from '../../../store/use-now.ts'
import { useTask } from '../../../store/use-task.ts'
import { ConfirmDialog } from '../../../ui/confirm-dialog.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../../ui/state-mark.tsx'
import { toast } from '../../../ui/toast.ts'
import { ChangeToken } from './add-hub.tsx'
import { EverySelect } from './every-select.tsx'
import { hubName } from './hub-url.ts'

type State = 'running' | 'ok' | 'waiting' | 'problem'
const marks: Record<State, Mark> = { running: 'running', ok: 'online', waiting: 'off', problem: 'problem' }

function stateOf({ running, problem, lastOk }: SyncHubView): State {
  if (running) return 'running'
  if (problem !== null) return 'problem'
  return lastOk === null ? 'waiting' : 'ok'
}

/** A hub: how the last sync went, when the next one is, and what can be done with it. */
export function HubLine({ hub }: { hub: SyncHubView }) {
  const { t } = useTranslation('sync')
  const call = useCall()
  const { id, url, every, problem, running } = hub
  const name = hubName(url)
  const state = stateOf(hub)
  const sync = useTask(() => call('sync.run', { hub: id }))
  const change = useTask((next: SyncEvery) => call('sync.hub.set', { hub: id, every: next }))
  return (
    <li className="hub-line">
      <div className="grow">
        <b>{name}</b>
        <StateWord mark={marks[state]}>{t(`state.${state}`)}</StateWord>
        <Facts hub={hub} />
      </div>
      <div className="hub-controls">
        <EverySelect
          value={every}
          name={t('everyOf', { hub: name })}
          disabled={change.running}
          onChange={(next) => void change.run(next)}
        />
        <Button
          variant="default"
          size="compact-sm"
          loading={running || sync.running}
          onClick={() => void sync.run()}
          aria-label={t('nowOf', { hub: name })}
        >
          {t('now')}
        </Button>
        <TokenButton id={id} name={name} />
        <RemoveButton id={id} name={name} />
      </div>
      <div className="grow-line">
        <FailureText failure={sync.failure ?? change.failure ?? (running ? null : problem)} />
      </div>
    </li>
  )
}

function Facts({ hub: { lastOk, nextAt, failingSince } }: { hub: SyncHubView }) {
  const { t } = useTranslation('sync')
  const format = useFormat()
  const now = useNow()
  const facts = [
    lastOk && t('last', { when: format.ago(lastOk.at, now), added: format.number(lastOk.added), updated: format.number(lastOk.updated) }),
    lastOk && lastOk.skipped > 0 && t('lastSkipped', { count: lastOk.skipped }),
    failingSince !== null && t('failingSince', { when: format.ago(failingSince, now) }),
    nextAt !== null && t('next', { when: format.ahead(nextAt, now) }),
  ]
  return <small>{facts.filter(Boolean).join(' ')}</small>
}

function TokenButton({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('sync')
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setOpen(true)} aria-label={t('changeTokenOf', { hub: name })}>
        {t('changeToken')}
      </Button>
      {open && <ChangeToken id={id} name={name} onClose={() => setOpen(false)} />}
    </>
  )
}

function RemoveButton({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation('sync')
  const call = useCall()
  const [asking, setAsking] = useState(false)
  const remove = useTask(async () => {
    await call('sync.hub.remove', { hub: id })
    setAsking(false)
    toast(t('removed', { hub: name }))
  })
  return (
    <>
      <Button variant="default" size="compact-sm" onClick={() => setAsking(true)} aria-label={t('removeOf', { hub: name })}>
        {t('remove')}
      </Button>
      {asking && (
        <ConfirmDialog
          title={t('removeTitle', { hub: name })}
          verb={t('removeVerb')}
          running={remove.running}
          failure={remove.failure}
          onConfirm={() => void remove.run()}
          onClose={() => setAsking(false)}
        >
          {t('removeHelp')}
        </ConfirmDialog>
      )}
    </>
  )
}
