import { Button } from '@mantine/core'
import { IconShieldCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { useAwake } from '../../ui/use-awake.ts'

/** The joiner's half of the comparison: the codes match, or they differ. */
export function CompareAnswer({ id, onClose, onDiffered }: { id: string; onClose: () => void; onDiffered: () => void }) {
  const { t } = useTranslation('join')
  const call = useCall()
  const awake = useAwake()
  const match = useTask(() => call('join.confirm', { id }))
  const differ = useTask(async () => {
    await call('join.cancel', { id, codesDiffer: true })
    onDiffered()
  })
  const withdraw = useTask(async () => {
    await call('join.cancel', { id })
    onClose()
  })
  const busy = match.running || differ.running || withdraw.running
  return (
    <>
      <FailureText failure={match.failure ?? differ.failure ?? withdraw.failure} />
      <footer className="dialog-footer">
        <Button variant="subtle" color="gray" onClick={() => void withdraw.run()} loading={withdraw.running} disabled={busy}>
          {t('withdraw')}
        </Button>
        <span className="grow" />
        <Button variant="default" onClick={() => void differ.run()} loading={differ.running} disabled={busy}>
          {t('codesDiffer')}
        </Button>
        <Button
          leftSection={<IconShieldCheck size={17} stroke={1.8} aria-hidden />}
          onClick={() => void match.run()}
          loading={match.running}
          disabled={!awake || busy}
        >
          {t('codesMatch')}
        </Button>
      </footer>
    </>
  )
}
