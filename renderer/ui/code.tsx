import { useTranslation } from 'react-i18next'

/** Six digits that two people compare by eye or voice, in two groups of three. Read aloud digit by digit. */
export function Code({ value, id }: { value: string; id?: string }) {
  const { t } = useTranslation()
  const groups = [value.slice(0, 3), value.slice(3)] as const
  const spoken = groups.map((group) => group.split('').join(' ')).join(', ')
  return (
    <span className="code" id={id} role="img" aria-label={t('codeSpoken', { code: spoken })} data-testid="code">
      <span>{groups[0]}</span>
      <span>{groups[1]}</span>
    </span>
  )
}

/** The same code where it only reminds: in a strip beside the way to the question. */
export function SmallCode({ value }: { value: string }) {
  return (
    <span className="code-small num" aria-hidden>
      {`${value.slice(0, 3)} ${value.slice(3)}`}
    </span>
  )
}
