import './trial.css'
import { Button, VisuallyHidden } from '@mantine/core'
import { IconMessagePlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from '../../../ui/icons.ts'
import { Composer } from './composer.tsx'
import { TurnView } from './turn-view.tsx'
import { useFollowedEnd } from './use-followed-end.ts'
import { useSpoken } from './use-spoken.ts'
import { useTrial } from './use-trial.ts'

/** A small chat: questions, answers as they come, and below each where it ran and how fast. */
export function Trial({ model }: { model: string }) {
  const { t } = useTranslation('trial')
  const { turns, running, send, stop, clear } = useTrial(model)
  const last = turns.at(-1)
  const spoken = useSpoken(last, model)
  const end = useFollowedEnd()
  return (
    <div className="drawer-sections trial">
      {turns.length === 0 ? (
        <p className="trial-empty">{t('empty')}</p>
      ) : (
        <ol className="trial-turns" aria-label={t('turns', { model })}>
          {turns.map((turn) => (
            <TurnView key={turn.id} turn={turn} />
          ))}
        </ol>
      )}
      <div ref={end} />
      <div className="trial-foot">
        {/* once when an answer begins, once when it has ended: what comes in between would be said word by word */}
        <VisuallyHidden role="status">{spoken}</VisuallyHidden>
        <Composer model={model} running={running} onSend={(text) => void send(text)} onStop={stop}>
          {turns.length > 0 && !running && (
            <Button variant="subtle" size="compact-sm" leftSection={<IconMessagePlus {...buttonIcon} />} onClick={clear}>
              {t('clear')}
            </Button>
          )}
        </Composer>
      </div>
    </div>
  )
}
