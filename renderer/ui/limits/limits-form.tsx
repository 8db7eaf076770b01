import './limits.css'
import { Button, NumberInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Failure } from '../../../electron/contract/failure.ts'
import { FailureText } from '../failure-text.tsx'
import { type Scale, LimitSlider } from './limit-slider.tsx'
import { type Limits, mayBeEmpty, type NameOf } from './typed-limits.ts'
import type { LimitsDraft } from './use-limits-draft.ts'

/** How one limit is shown. */
export interface LimitField<N extends string> {
  name: N
  label: string
  help?: string
  /** After the number, with the space before it. */
  suffix?: string
  step?: number
  min?: number
  /** What is wrong, in words. */
  problem: { range: string; together?: string }
  /** Words and number in one line. */
  inline?: true
  /** Also on a slider, of which one end means no limit; then in one line, too. */
  scale?: Scale
}

/**
 * The one form in which limits are changed: of capabilities, services and relaying alike. A field is saved when it is
 * left or on Enter; one that is not allowed says why, and nothing is sent until it is mended.
 */
export function LimitsForm<L extends Limits>({
  label,
  fields,
  draft,
  failure,
  withReset = true,
  hint,
}: {
  /** For those who hear the page. */
  label: string
  fields: readonly LimitField<NameOf<L>>[]
  draft: LimitsDraft<L>
  failure: Failure | null
  withReset?: boolean
  hint?: ReactNode
}) {
  const { t } = useTranslation('limits')
  return (
    <div className="limits-form" role="group" aria-label={label}>
      {fields.map((field) => (
        <Field key={field.name} field={field} draft={draft} />
      ))}
      {(hint !== undefined || (withReset && !draft.isUsual)) && (
        <div className="limits-do">
          {withReset && !draft.isUsual && (
            <Button variant="subtle" size="compact-sm" onClick={draft.reset}>
              {t('usual')}
            </Button>
          )}
          {hint !== undefined && <span className="hint">{hint}</span>}
        </div>
      )}
      <FailureText failure={failure} />
    </div>
  )
}

function Field<L extends Limits>({ field, draft }: { field: LimitField<NameOf<L>>; draft: LimitsDraft<L> }) {
  const { t } = useTranslation('limits')
  const { name, label, help, suffix = '', step = 1, min = 0, problem: words, scale } = field
  const problem = draft.problems[name]
  const value: number | string = draft.shown[name]
  const isCount = draft.kind.units[name] === 1
  return (
    <div className="limit" data-inline={scale === undefined && !field.inline ? undefined : true}>
      <NumberInput
        label={label}
        description={help}
        placeholder={mayBeEmpty(draft.kind, name) ? t('noLimit') : ''}
        value={value}
        onChange={(typed) => draft.type(name, typed)}
        onBlur={() => draft.commit()}
        onKeyDown={(event) => event.key === 'Enter' && draft.commit()}
        error={problem && (problem === 'together' ? words.together : words.range)}
        suffix={suffix}
        allowDecimal={!isCount}
        decimalScale={3}
        allowNegative={false}
        clampBehavior="none"
        step={step}
        min={min}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      {scale && (
        <LimitSlider
          scale={scale}
          label={label}
          suffix={suffix}
          value={value}
          onChange={(place) => draft.type(name, place)}
          onChangeEnd={(place) => draft.commit({ [name]: place } as Partial<typeof draft.shown>)}
        />
      )}
    </div>
  )
}
