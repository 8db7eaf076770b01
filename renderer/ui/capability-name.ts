import { useTranslation } from 'react-i18next'
import { capabilityName } from '../../electron/contract/capability.ts'

/** The word for a capability; names beyond the five, which legacy peers offer, are shown as they are. */
export function useCapabilityName(): (name: string) => string {
  const { t } = useTranslation()
  return (name) => {
    const known = capabilityName.safeParse(name)
    return known.success ? t(`capability.${known.data}`) : name
  }
}

/** The same within a sentence. */
export function useCapabilityInText(): (name: string) => string {
  const { t } = useTranslation()
  return (name) => {
    const known = capabilityName.safeParse(name)
    return known.success ? t(`capabilityInText.${known.data}`) : name
  }
}
