import './search-field.css'
import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { buttonIcon } from './icons.ts'

interface SearchFieldProps {
  /** Says what is searched. */
  label: string
  /** What can be typed, where that is not plain from the label. */
  hint?: string
  text: string
  onChange: (text: string) => void
  className?: string
  /** Characters. */
  maxLength?: number
}

/** Words to look for; Escape and a button at its end take them away. */
export function SearchField({ label, hint = label, text, onChange, className, maxLength = 100 }: SearchFieldProps) {
  const { t } = useTranslation()
  return (
    <TextInput
      className={['search-field', className].filter(Boolean).join(' ')}
      type="search"
      value={text}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      placeholder={hint}
      aria-label={label}
      leftSection={<IconSearch {...buttonIcon} />}
      rightSection={text !== '' && <CloseButton size="sm" onClick={() => onChange('')} aria-label={t('clearSearch')} />}
      maxLength={maxLength}
      autoComplete="off"
      spellCheck={false}
    />
  )
}
