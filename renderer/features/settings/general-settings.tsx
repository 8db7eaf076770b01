import { SegmentedControl, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { settings as schema } from '../../../electron/contract/settings.ts'
import { asSystem, languageFor, languages } from '../../i18n/languages.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { Setting } from './setting.tsx'
import { TextSetting } from './text-setting.tsx'
import { useSetting } from './use-setting.ts'

const themes = ['system', 'light', 'dark'] as const

/** Name, language and appearance. */
export function GeneralSettings() {
  const { t } = useTranslation('settings')
  const { name, theme, language } = useSnapshot(({ settings }) => settings)
  const save = useSetting()
  return (
    <section className="card" aria-labelledby="general-title">
      <h2 id="general-title">{t('general')}</h2>
      <TextSetting title={t('name')} help={t('nameHelp')} value={name} change={(text) => ({ name: text })} />
      <Setting title={t('theme')} below={save.failure && <FailureText failure={save.failure} />}>
        <SegmentedControl
          data={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
          value={theme}
          onChange={(value) => void save.run({ theme: schema.shape.theme.parse(value) })}
          aria-label={t('theme')}
        />
      </Setting>
      <Setting title={t('language')}>
        <Select
          data={[
            { value: asSystem, label: t('themes.system') },
            ...Object.entries(languages).map(([value, { name }]) => ({ value, label: name })),
          ]}
          value={language === asSystem ? asSystem : languageFor(language, [])}
          onChange={(value) => value !== null && void save.run({ language: value })}
          allowDeselect={false}
          aria-label={t('language')}
        />
      </Setting>
    </section>
  )
}
