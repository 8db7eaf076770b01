import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AiView } from '../../../../electron/contract/ai.ts'
import { useAiChange } from '../../../store/use-ai-change.ts'
import { useEngineName } from '../../../ui/engine-name.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { type Mark, StateWord } from '../../../ui/state-mark.tsx'

type Door = AiView['doors'][number]

const marks: Record<Door['state'], Mark> = { off: 'off', listening: 'online', taken: 'problem', failed: 'problem' }

/** The engines’ usual ports: answering there, programs need no change. Who has a port is said. */
export function Doors({ ai: { doors } }: { ai: AiView }) {
  const { t } = useTranslation('clients')
  const change = useAiChange(t('doorsChanged'))
  const chosen = doors.filter((each) => each.chosen).map(({ door }) => door)
  const set = ({ door }: Door, on: boolean) =>
    void change.run({ doors: on ? [...chosen, door] : chosen.filter((each) => each !== door) }, { doors: chosen })
  return (
    <section className="card doors" aria-labelledby="doors-title">
      <h2 className="card-title" id="doors-title">
        {t('doors')}
      </h2>
      <p className="hint">{t('doorsHelp')}</p>
      <ul>
        {doors.map((door) => (
          <DoorLine key={door.door} door={door} disabled={change.running} onChange={(on) => set(door, on)} />
        ))}
      </ul>
      <FailureText failure={change.failure} />
    </section>
  )
}

function DoorLine({ door, disabled, onChange }: { door: Door; disabled: boolean; onChange: (on: boolean) => void }) {
  const { t } = useTranslation('clients')
  const engine = useEngineName()(door.door)
  const { port, state, chosen, holder } = door
  const held = holder !== null && state !== 'listening' ? t('heldBy', { name: holder.name, pid: holder.pid }) : null
  return (
    <li>
      <Switch
        size="md"
        checked={chosen}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
        label={t('doorOf', { engine, port })}
      />
      <StateWord mark={marks[state]}>{t(`doorState.${state}`)}</StateWord>
      {held !== null && <p className="hint">{held}</p>}
      {state === 'taken' && <p className="hint">{t('takenHelp', { engine })}</p>}
      {state === 'failed' && <p className="hint">{t('failedHelp', { port })}</p>}
    </li>
  )
}
