import { Loader, PasswordInput, TextInput } from '@mantine/core'
import { IconCheck, IconLink } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UrlCheck } from '../../../electron/contract/calls.ts'
import type { JoinView } from '../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../i18n/use-failure-words.ts'
import { useCall } from '../../store/app-context.ts'
import type { Lookup } from '../../store/use-lookup.ts'
import { useTask } from '../../store/use-task.ts'
import { DialogForm } from '../../ui/dialog-form.tsx'
import { type Step, StepList } from '../../ui/step-list.tsx'
import { RecoveryLink } from './recovery-link.tsx'
import { useUrlCheck } from './use-url-check.ts'

/** Asks for the URL, checks it while it is typed, and starts the join. A legacy node also needs its key. */
export function JoinForm({ onStarted, onClose, url: given }: { onStarted: (join: JoinView) => void; onClose: () => void; url: string }) {
  const { t } = useTranslation(['join', 'common'])
  const call = useCall()
  const [typed, setTyped] = useState(given)
  const [key, setKey] = useState('')
  const url = typed.trim()
  const check = useUrlCheck(url)
  const steps = useCheckSteps(check)
  const start = useTask(async () => {
    onStarted(await call('join.start', { url, ...(legacy ? { key: key.trim() } : {}) }))
  })
  const found = check.kind === 'found' ? check.content : null
  const legacy = found?.kind === 'legacy'
  const ready = found !== null && found.problem === null && (found.kind === 'node' || (legacy && key.trim() !== ''))
  return (
    <DialogForm
      verb={legacy ? t('connect') : t('ask')}
      ready={ready}
      running={start.running}
      failure={start.failure ?? (check.kind === 'failed' ? check.failure : null)}
      hint={ready && !legacy ? t('willAsk', { name: found.node?.name ?? url }) : <RecoveryLink />}
      onSubmit={() => void start.run()}
      onBack={onClose}
    >
      <TextInput
        size="md"
        label={t('url')}
        placeholder="http://192.168.1.20:3000"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        leftSection={<IconLink size={17} stroke={1.7} aria-hidden />}
        rightSection={<FieldMark check={check} ready={ready || legacy} />}
        classNames={{ input: 'mono-input' }}
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        data-autofocus
      />
      <div className="join-steps">
        {check.kind === 'idle' ? <p className="hint">{t('urlHelp')}</p> : <StepList steps={steps} label={t('checks')} />}
      </div>
      {legacy && (
        <PasswordInput
          label={t('key')}
          description={t('keyHelp')}
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': t('showKey'), tabIndex: 0 }}
          autoComplete="off"
        />
      )}
    </DialogForm>
  )
}

function FieldMark({ check, ready }: { check: Lookup<UrlCheck>; ready: boolean }) {
  if (check.kind === 'looking') return <Loader size={16} aria-hidden />
  return ready ? <IconCheck className="input-ok" size={17} stroke={2.4} aria-hidden /> : null
}

/** The answer to the check as ticks; the one that fails says why and what to do. */
function useCheckSteps(check: Lookup<UrlCheck>): Step[] {
  const { t } = useTranslation(['join', 'common'])
  const wordsOf = useFailureWords()
  if (check.kind === 'looking') return [{ state: 'now', title: t('looking') }]
  if (check.kind !== 'found') return []
  const { kind, node, problem, url } = check.content
  const words = problem && wordsOf(problem)
  const failed = (title: string): Step => ({
    state: 'failed',
    title: words?.said ?? title,
    text: words?.more,
  })
  const reachable: Step = { state: 'done', title: t('reachable'), text: t('answers', { url }) }
  switch (kind) {
    case 'none':
      return [failed(t('nothingAnswers', { url }))]
    case 'other':
      return [reachable, failed(t('otherProgram'))]
    case 'legacy':
      return [
        reachable,
        { state: 'done', title: t('legacyNode'), text: t('legacyHelp', { name: node?.name ?? url }) },
        ...(problem ? [failed('')] : []),
      ]
    case 'node': {
      const name = node?.name ?? url
      const known: Step = { state: 'done', title: t('isNode', { name }), text: t('keyBegins', { start: node?.id.slice(0, 15) ?? '' }) }
      if (problem) return [reachable, known, failed('')]
      return [reachable, known, { state: 'done', title: t('encrypted'), text: url.startsWith('http:') ? t('encryptedAnyway') : undefined }]
    }
  }
}
