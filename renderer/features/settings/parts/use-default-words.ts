import { useTranslation } from 'react-i18next'
import type { Settings } from '../../../../electron/contract/settings.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { defaultOf } from '../defaults.ts'

/** The default of a setting in words. */
export function useDefaultWords(): (key: keyof Settings) => string {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (key) => {
    switch (key) {
      case 'port':
        return t('automatic')
      case 'host':
        return t('everyInterface')
      case 'theme':
      case 'language':
        return t('themes.system')
      case 'logLevel':
        return t('logLevels.info')
      case 'metered':
        return t('meteredChoice.auto')
      case 'ignoredInterfaces':
        return t('usualOnes')
      case 'otherAddresses':
        return t('none')
      default: {
        const value = defaultOf(key)
        if (typeof value === 'boolean') return t(value ? 'on' : 'off')
        return typeof value === 'number' ? format.number(value) : (value ?? t('none'))
      }
    }
  }
}
