import { Chip, SegmentedControl, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingHours } from '../../../../electron/contract/sharing.ts'
import type { CapabilityView } from '../../../../electron/contract/snapshot.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { DrawerSection } from './drawer-section.tsx'
import { endsNextDay, fieldTime, minuteOf, nightly, week } from '../hours.ts'
import { useSharingChange } from '../use-sharing-change.ts'

/** Always, or only at certain hours of certain days. */
export function HoursSection({ capability }: { capability: CapabilityView }) {
  const { t } = useTranslation('capabilities')
  const word = useCapabilityName()(capability.name)
  const change = useSharingChange(capability)
  const { hours } = capability.conditions
  const save = (hours: SharingHours | null) => void change.conditions({ hours })
  return (
    <DrawerSection title={t('hoursTitle')}>
      <SegmentedControl
        fullWidth
        size="xs"
        data={[
          { value: 'always', label: t('always') },
          { value: 'chosen', label: t('chosenHours') },
        ]}
        value={hours === null ? 'always' : 'chosen'}
        disabled={change.running}
        onChange={(value) => save(value === 'always' ? null : nightly)}
        aria-label={t('hoursOf', { name: word })}
      />
      {hours !== null && <ChosenHours hours={hours} save={save} />}
      <FailureText failure={change.failure} />
    </DrawerSection>
  )
}

function ChosenHours({ hours, save }: { hours: SharingHours; save: (hours: SharingHours) => void }) {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const [isEmpty, setEmpty] = useState(false)
  const choose = (days: string[]) => {
    setEmpty(days.length === 0)
    if (days.length > 0) save({ ...hours, days: days.map(Number) })
  }
  return (
    <>
      <div className="hours">
        <TimeField label={t('from')} value={hours.from} save={(from) => save({ ...hours, from })} />
        <TimeField label={t('until')} value={hours.until} save={(until) => save({ ...hours, until })} />
        {endsNextDay(hours) && <small>{t('nextDay')}</small>}
      </div>
      <div className="days" role="group" aria-label={t('days')}>
        <Chip.Group multiple value={hours.days.map(String)} onChange={choose}>
          {week.map((day) => (
            <Chip key={day} value={String(day)} size="xs" radius="sm">
              {format.dayName(day)}
            </Chip>
          ))}
        </Chip.Group>
      </div>
      <small role={isEmpty ? 'alert' : undefined}>{t(isEmpty ? 'oneDay' : 'daysHelp')}</small>
    </>
  )
}

/** A time of day, saved when the field is left: while it is typed it passes through others. */
function TimeField({ label, value, save }: { label: string; value: number; save: (minutes: number) => void }) {
  const [typed, setTyped] = useState<string | null>(null)
  const commit = () => {
    const minutes = minuteOf(typed ?? '')
    if (minutes !== null && minutes !== value) save(minutes)
    setTyped(null)
  }
  return (
    <TextInput
      type="time"
      size="xs"
      label={label}
      value={typed ?? fieldTime(value)}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === 'Enter' && commit()}
    />
  )
}
