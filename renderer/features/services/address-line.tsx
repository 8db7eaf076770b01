import { Button } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyValue } from '../../ui/copy-value.tsx'
import { buttonIcon } from '../../ui/icons.ts'

/** The address on this computer that leads to a service: to open, when it can be used, and to copy. */
export function AddressLine({ name, address, usable }: { name: string; address: string; usable: boolean }) {
  const { t } = useTranslation('services')
  return (
    <div className="copy-line service-address">
      <code>{address}</code>
      <span className="service-do">
        {usable && (
          <Button
            component="a"
            href={address}
            target="_blank"
            rel="noreferrer"
            variant="subtle"
            size="compact-sm"
            leftSection={<IconExternalLink {...buttonIcon} />}
            aria-label={t('openOf', { name })}
          >
            {t('open')}
          </Button>
        )}
        <CopyValue value={address} label={t('copyAddressOf', { name })} />
      </span>
    </div>
  )
}
