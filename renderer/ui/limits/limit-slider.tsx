import { Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { fromScale, onScale, type Scale } from './scale.ts'

export type { Scale } from './scale.ts'

/** A limit as a place between its ends, below the field that takes it as a number. */
export function LimitSlider({
  scale,
  label,
  suffix,
  value,
  onChange,
  onChangeEnd,
}: {
  scale: Scale
  label: string
  suffix: string
  value: number | string
  onChange: (value: number | '') => void
  onChangeEnd: (value: number | '') => void
}) {
  const { t } = useTranslation('limits')
  const format = useFormat()
  return (
    <Slider
      className="limit-slider"
      min={scale.min}
      max={scale.max}
      step={scale.step}
      value={onScale(scale, value)}
      onChange={(place) => onChange(fromScale(scale, place))}
      onChangeEnd={(place) => onChangeEnd(fromScale(scale, place))}
      label={null}
      thumbLabel={label}
      thumbValueText={(place) => {
        const said = fromScale(scale, place)
        return said === '' ? t('noLimit') : `${format.number(said)}${suffix}`
      }}
      size={6}
      thumbSize={18}
    />
  )
}
