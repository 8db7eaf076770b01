import { ActionIcon, Button, CopyButton, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** It says for so long that it was copied, ms. */
const saidFor = 2_000

/** Copies `value`; `label` says what, e.g. "Copy the node id". */
export function CopyValue({ value, label }: { value: string; label: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={value} timeout={saidFor}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('copied') : label}>
          <ActionIcon onClick={copy} aria-label={copied ? t('copied') : label} size={28}>
            {copied ? <IconCheck size={15} aria-hidden /> : <IconCopy size={15} stroke={1.7} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  )
}

/** The same where copying is what one came for: a button with its words. `first` marks the way most people take. */
export function CopyAction({ value, label, first = false }: { value: string; label: string; first?: boolean }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={value} timeout={saidFor}>
      {({ copied, copy }) => (
        <Button
          variant={first ? 'filled' : 'default'}
          leftSection={copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} stroke={1.7} aria-hidden />}
          onClick={copy}
        >
          {copied ? t('copied') : label}
        </Button>
      )}
    </CopyButton>
  )
}
