import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../electron/contract/settings.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { toDefaults } from './defaults.ts'
import { entries, type EntryId, entryIds } from './entries.ts'
import { useDefaultWords } from './parts/use-default-words.ts'
import { useSetting } from './parts/use-setting.ts'
import { useEntryTexts } from './use-entry-texts.ts'

interface ResetButtonProps {
  /** What would change: settings that differ from their defaults. */
  keys: readonly (keyof Settings)[]
  /** Of the question. */
  title: string
  /** Of the button, for those who hear it. */
  label: string
  prominent?: boolean
  children: string
}

const entryOf = (key: keyof Settings): EntryId | undefined =>
  entryIds.find((id) => (entries[id].settings as readonly (keyof Settings)[]).includes(key))

/** Takes several settings back to their defaults, after showing which. */
export function ResetButton({ keys, title, label, prominent = false, children }: ResetButtonProps) {
  const { t } = useTranslation('settings')
  const { titleOf } = useEntryTexts()
  const words = useDefaultWords()
  const [asking, setAsking] = useState(false)
  const reset = useSetting()
  const confirm = async () => {
    if (await reset.run(toDefaults(keys))) setAsking(false)
  }
  const nameOf = (key: keyof Settings) => {
    const id = entryOf(key)
    return id === undefined ? key : titleOf(id)
  }
  return (
    <>
      <Button
        variant={prominent ? 'default' : 'subtle'}
        size={prominent ? 'sm' : 'compact-sm'}
        disabled={keys.length === 0}
        onClick={() => setAsking(true)}
        aria-label={label}
      >
        {children}
      </Button>
      {asking && (
        <ConfirmDialog
          title={title}
          verb={t('resetVerb')}
          running={reset.running}
          failure={reset.failure}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
          more={
            <ul className="reset-list">
              {keys.map((key) => (
                <li key={key}>{t('resetLine', { title: nameOf(key), value: words(key) })}</li>
              ))}
            </ul>
          }
        >
          {t('resetList')}
        </ConfirmDialog>
      )}
    </>
  )
}
