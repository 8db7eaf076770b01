import './filter.css'
import { Select } from '@mantine/core'
import type { ReactNode } from 'react'
import { SearchField } from '../../../ui/search-field.tsx'
import { longestText } from './activity-filter.ts'

export interface Option {
  value: string
  label: string
}

/** One thing to choose by; `any` is what stands there while nothing is chosen. */
export interface Choice {
  label: string
  any: string
  options: readonly Option[]
  value: string | null
  onChange: (value: string | null) => void
}

interface FilterBarProps {
  label: string
  /** What part of a name is looked for. */
  search: { label: string; hint: string; value: string; onChange: (text: string) => void }
  choices: readonly Choice[]
  /** What stands before the search. */
  children?: ReactNode
}

/** Lists longer than this are searched by typing. */
const longList = 8

/** What to look for: words, and some lists to choose from. */
export function FilterBar({ label, search, choices, children }: FilterBarProps) {
  return (
    <div className="filter-bar" role="search" aria-label={label}>
      <div className="filter-words">
        {children}
        <SearchField
          className="grow"
          label={search.label}
          hint={search.hint}
          text={search.value}
          onChange={search.onChange}
          maxLength={longestText}
        />
      </div>
      <div className="filter-choices">
        {choices.map((choice) => (
          <Select
            key={choice.label}
            data={[...choice.options]}
            value={choice.value}
            onChange={choice.onChange}
            placeholder={choice.any}
            aria-label={choice.label}
            searchable={choice.options.length > longList}
            clearable
          />
        ))}
      </div>
    </div>
  )
}
