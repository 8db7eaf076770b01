import { useTranslation } from 'react-i18next'
import { asSystem, languageFor, languages } from '../../../i18n/languages.ts'
import { useSnapshot } from '../../../store/app-context.ts'
import { ChoiceSetting } from '../parts/choice-setting.tsx'
import { SelectSetting } from '../parts/select-setting.tsx'
import { TextSetting } from '../parts/text-setting.tsx'

export function Name() {
  const { t } = useTranslation('settings')
  const name = useSnapshot(({ settings }) => settings.name)
  return (
    <TextSetting
      title={t('name')}
      help={t('nameHelp')}
      value={name}
      of={['name']}
      allowed={t('allowed.name')}
      change={(text) => ({ name: text })}
    />
  )
}

export function Language() {
  const { t } = useTranslation('settings')
  const language = useSnapshot(({ settings }) => settings.language)
  return (
    <SelectSetting
      title={t('language')}
      of={['language']}
      data={[
        { value: asSystem, label: t('themes.system') },
        ...Object.entries(languages).map(([value, { name }]) => ({ value, label: name })),
      ]}
      value={language === asSystem ? asSystem : languageFor(language, [])}
      change={(value) => ({ language: value })}
    />
  )
}

export function Theme() {
  const { t } = useTranslation('settings')
  return (
    <ChoiceSetting
      name="theme"
      title={t('theme')}
      words={{ system: t('themes.system'), light: t('themes.light'), dark: t('themes.dark') }}
    />
  )
}
