import { Button, Checkbox, Loader } from '@mantine/core'
import { useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { capabilityNames } from '../../../../electron/contract/capability.ts'
import type { FoundProgram } from '../../../../electron/contract/setup.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { CapabilityLine } from '../capability-line.tsx'
import { pageAfter } from '../page-order.ts'
import { SetupPage } from '../setup-page.tsx'
import { useSetup } from '../use-setup.ts'

/** The five capabilities, all off, with those marked whose program runs here. */
export function SharePage() {
  const { t } = useTranslation('setup')
  const moves = useSetup()
  const capabilities = useSnapshot((snapshot) => snapshot.capabilities)
  const { found, looking, failure, look } = useFoundPrograms()
  const waits = useWaits()
  return (
    <SetupPage
      page="share"
      moves={moves}
      title={t('share.title')}
      lead={t('share.lead')}
      note={t('share.note')}
      onNext={() => moves.go(pageAfter('share'))}
    >
      <div className="setup-looked">
        <span className="grow" role="status">
          {looking ? (
            <>
              <Loader size={14} aria-hidden /> {t('share.looking')}
            </>
          ) : found.length === 0 ? (
            t('share.lookedNone')
          ) : (
            t('share.looked', { count: found.length })
          )}
        </span>
        <Button variant="default" onClick={look} disabled={looking}>
          {t('share.again')}
        </Button>
      </div>
      <FailureText failure={failure} />
      <ul className="setup-capabilities">
        {capabilityNames.map((name) => {
          const capability = capabilities[name]
          const program = found.find((entry) => entry.name === name) ?? null
          return capability && <CapabilityLine key={name} capability={capability} program={program} quiet={waits.quiet} />
        })}
      </ul>
      {waits.known && (
        <Checkbox
          mt={16}
          label={t('share.quiet')}
          description={t('share.quietHelp')}
          checked={waits.quiet}
          disabled={waits.set.running}
          onChange={(event) => void waits.set.run(event.currentTarget.checked)}
        />
      )}
      <FailureText failure={waits.set.failure} />
    </SetupPage>
  )
}

/** Whether what is offered waits while somebody uses this computer: for what is on now, and for what is switched on here. */
function useWaits() {
  const call = useCall()
  const on = useSnapshot(({ capabilities }) => Object.values(capabilities).filter(({ enabled }) => enabled))
  const known = useSnapshot(({ sharing }) => sharing.presence.idleMs !== null)
  const [quiet, setQuiet] = useState(() => on.some(({ conditions }) => !conditions.whileInUse))
  const set = useTask(async (next: boolean) => {
    setQuiet(next)
    for (const { name } of on) await call('capability.set', { name, conditions: { whileInUse: !next } })
  })
  return { known, quiet, set }
}

/** What runs on this computer and could be offered: looked for when the page comes up, and when a person asks. */
function useFoundPrograms() {
  const call = useCall()
  const [found, setFound] = useState<FoundProgram[]>([])
  const { run, running, failure } = useTask(useCallback(async () => setFound(await call('capability.find', {})), [call]))
  useEffect(() => void run(), [run])
  return { found, looking: running, failure, look: () => void run() }
}
