import './ai.css'
import { ActionIcon, Button } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EngineView } from '../../../../electron/contract/ai.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { useEngineName } from '../../../ui/engine-name.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { buttonIcon } from '../../../ui/icons.ts'
import { type Mark, StateMark } from '../../../ui/state-mark.tsx'
import { DrawerSection } from '../drawer/drawer-section.tsx'
import { AddEngine } from './add-engine.tsx'
import { HowToGet } from './how-to-get.tsx'

const marks: Record<EngineView['state'], Mark> = { starting: 'checking', ready: 'online', problem: 'problem' }

/** The programs that run models here: found by themselves, given by a person, and this node's own. */
export function EnginesSection() {
  const { t } = useTranslation('engines')
  const engines = useSnapshot(({ ai }) => ai.engines)
  const [adding, setAdding] = useState(false)
  return (
    <DrawerSection title={t('title')}>
      {engines.length === 0 ? (
        <p className="cap-result">{t('none')}</p>
      ) : (
        <ul className="engines" aria-label={t('title')}>
          {engines.map((engine) => (
            <EngineLine key={engine.id} engine={engine} />
          ))}
        </ul>
      )}
      {adding ? (
        <AddEngine onDone={() => setAdding(false)} />
      ) : (
        <Button
          className="engine-add"
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus {...buttonIcon} />}
          onClick={() => setAdding(true)}
        >
          {t('add')}
        </Button>
      )}
      <HowToGet open={engines.length === 0} />
    </DrawerSection>
  )
}

function EngineLine({ engine }: { engine: EngineView }) {
  const { t } = useTranslation('engines')
  const format = useFormat()
  const wordsOf = useFailureWords()
  const kindOf = useEngineName()
  const call = useCall()
  const remove = useTask(() => call('ai.engine.remove', { engine: engine.id }))
  const { name, kind, url, origin, hasKey, state, problem, version, freeMemory, models } = engine
  const facts = format.facts([
    origin !== 'embedded' && kindOf(kind) !== name && kindOf(kind),
    version !== null && t('version', { version }),
    t(`origin.${origin}`),
    hasKey && t('withKey'),
    freeMemory !== null && t('freeMemory', { amount: format.bytes(freeMemory) }),
  ])
  return (
    <li>
      <StateMark mark={marks[state]} size={13} />
      <div className="grow">
        <b>{name}</b>
        <span className="num">{state === 'ready' ? t('models', { count: models.length }) : t(`state.${state}`)}</span>
        <code>{url}</code>
        <small>{facts}</small>
        {problem && <span className="engine-problem">{wordsOf(problem).whole}</span>}
        <FailureText failure={remove.failure} />
      </div>
      {origin === 'given' && (
        <ActionIcon aria-label={t('remove', { name })} loading={remove.running} onClick={() => void remove.run()}>
          <IconX {...buttonIcon} />
        </ActionIcon>
      )}
    </li>
  )
}
