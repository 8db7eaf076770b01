import { Button, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CapabilityName } from '../../../../electron/contract/capability.ts'
import type { CapabilityView } from '../../../../electron/contract/snapshot.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall } from '../../../store/app-context.ts'
import { useNow } from '../../../store/use-now.ts'
import { useTask } from '../../../store/use-task.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { DrawerSection } from './drawer-section.tsx'

interface BackendSectionProps {
  /** Models have engines instead. */
  name: Exclude<CapabilityName, 'ai'>
  capability: CapabilityView
}

/** The program behind a capability: its address, what the last look at it found, and how to get one. */
export function BackendSection({ name, capability }: BackendSectionProps) {
  const { backend, problem } = capability
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(name)
  const call = useCall()
  /** What is being typed; null while nothing differs from what the node has. */
  const [typed, setTyped] = useState<string | null>(null)
  const save = useTask(async (value: string) => {
    await call('capability.set', { name, backend: value === '' ? null : value })
    setTyped(null)
  })
  const value = typed ?? backend ?? ''
  const changed = typed !== null && typed.trim() !== (backend ?? '')
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void save.run(value.trim())
  }
  return (
    <DrawerSection title={t('program')}>
      <form className="backend-form" onSubmit={submit}>
        <TextInput
          className="grow"
          value={value}
          onChange={(event) => setTyped(event.currentTarget.value)}
          placeholder={t(`example.${name}`)}
          aria-label={t('backendOf', { name: word })}
          classNames={{ input: 'mono-input' }}
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
        />
        {(changed || problem !== null) && (
          <Button type="submit" variant="default" loading={save.running}>
            {changed ? t('save') : t('checkAgain')}
          </Button>
        )}
      </form>
      {save.failure ? <FailureText failure={save.failure} /> : <Result capability={capability} />}
      <details className="how-to" open={backend === null}>
        <summary>{t('howToGet')}</summary>
        <p>{t(`howTo.${name}`)}</p>
      </details>
    </DrawerSection>
  )
}

function Result({ capability: { name, enabled, backend, detail, problem, checkedAt } }: { capability: CapabilityView }) {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const now = useNow()
  const wordsOf = useFailureWords()
  if (problem !== null)
    return (
      <p className="cap-result">
        <b>{wordsOf(problem).said}</b> <span lang={wordsOf(problem).moreIn}>{wordsOf(problem).more}</span>
      </p>
    )
  if (backend === null) return <p className="cap-result">{t(`needs.${name}`)}</p>
  if (!enabled) return <p className="cap-result">{t('checkedWhenOn')}</p>
  if (checkedAt === null) return <p className="cap-result">{t('checkingNow')}</p>
  const when = t('checked', { when: format.ago(checkedAt, now) })
  return <p className="cap-result">{detail === null ? when : `${detail}. ${when}`}</p>
}
