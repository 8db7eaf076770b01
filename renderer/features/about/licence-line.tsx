import { UnstyledButton } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'

interface LicenceLineProps {
  name: string
  version?: string
  licence: string
  text: string | null
}

/** A library with its version and licence; the text opens below it. */
export function LicenceLine({ name, version, licence, text }: LicenceLineProps) {
  const { t } = useTranslation('about')
  const [open, setOpen] = useState(false)
  const id = useId()
  return (
    <li>
      <UnstyledButton
        className="licence-line"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        aria-label={`${t('openLicence', { name })}, ${licence}`}
        onClick={() => setOpen(!open)}
      >
        <span className="grow">
          <b>{name}</b> {version !== undefined && <small className="num">{version}</small>}
        </span>
        <span className="licence-name">{licence}</span>
        <IconChevronDown size={16} stroke={1.6} aria-hidden data-open={open || undefined} />
      </UnstyledButton>
      {open && (
        <div id={id} className="licence-text">
          {text === null ? (
            <p className="hint">{t('noText')}</p>
          ) : (
            <pre lang="en" dir="ltr">
              {text}
            </pre>
          )}
        </div>
      )}
    </li>
  )
}
