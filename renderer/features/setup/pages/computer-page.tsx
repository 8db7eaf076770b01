import { TextInput } from '@mantine/core'
import { IconDatabase, IconDeviceGamepad2, IconGauge, IconPlayerPause } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '../../../../electron/contract/settings.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { pageAfter } from '../page-order.ts'
import { SetupPage } from '../setup-page.tsx'
import { useSetup } from '../use-setup.ts'

/** What this is, what it costs, and what this computer is called. */
export function ComputerPage() {
  const { t } = useTranslation('setup')
  const call = useCall()
  const moves = useSetup()
  const { name, face } = useSnapshot(({ node, settings }) => ({ name: settings.name, face: node.face }))
  const [typed, setTyped] = useState(name)
  const save = useTask(async (next: string) => {
    if (next !== name) await call('settings.update', { name: next })
    moves.go(pageAfter('computer'))
  })
  return (
    <SetupPage
      page="computer"
      moves={moves}
      title={t('computer.title')}
      lead={t('computer.lead')}
      note={t('computer.note')}
      ready={displayName.safeParse(typed).success}
      running={save.running}
      onNext={() => void save.run(typed.trim())}
    >
      <TextInput
        size="md"
        label={t('computer.name')}
        description={t('computer.nameHelp')}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        maxLength={64}
        maw={380}
        autoComplete="off"
        spellCheck={false}
      />
      <FailureText failure={save.failure} />
      <Answers headless={face === 'headless'} />
    </SetupPage>
  )
}

/** What everybody asks before letting others use a computer. */
function Answers({ headless }: { headless: boolean }) {
  const { t } = useTranslation('setup')
  const answers = [
    { icon: IconDatabase, question: t('computer.disk'), answer: t('computer.diskAnswer') },
    { icon: IconGauge, question: t('computer.connection'), answer: t('computer.connectionAnswer') },
    { icon: IconDeviceGamepad2, question: t('computer.gaming'), answer: t('computer.gamingAnswer') },
    {
      icon: IconPlayerPause,
      question: t('computer.stop'),
      answer: t(headless ? 'computer.stopAnswerHeadless' : 'computer.stopAnswer'),
    },
  ]
  return (
    <ul className="setup-answers">
      {answers.map(({ icon: Icon, question, answer }) => (
        <li key={question}>
          <Icon size={22} stroke={1.5} aria-hidden />
          <div>
            <b>{question}</b>
            <span>{answer}</span>
          </div>
        </li>
      ))}
    </ul>
  )
}
