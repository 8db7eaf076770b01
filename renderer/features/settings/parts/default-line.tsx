import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../electron/contract/settings.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { toDefaults } from '../defaults.ts'
import { useDefaultWords } from './use-default-words.ts'
import { useSetting } from './use-setting.ts'

/** The default of a setting that differs from it, and the way back. */
export function DefaultLine({ title, keys }: { title: string; keys: readonly (keyof Settings)[] }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const words = useDefaultWords()
  const reset = useSetting()
  return (
    <>
      <span className="setting-default">
        {t('default', { value: format.list(keys.map(words)) })}
        <Button
          variant="subtle"
          size="compact-xs"
          loading={reset.running}
          onClick={() => void reset.run(toDefaults(keys))}
          aria-label={t('resetOf', { title })}
        >
          {t('reset')}
        </Button>
      </span>
      <FailureText failure={reset.failure} />
    </>
  )
}
