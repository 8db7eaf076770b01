import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { Banner } from '../../ui/banner.tsx'
import { entries, entryIds } from './entries.ts'
import { useEntryTexts } from './use-entry-texts.ts'

/** Settings that hold only after the next start, and how to start this node again. */
export function RestartBanner() {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const { titleOf } = useEntryTexts()
  const { waiting, face } = useSnapshot(({ node }) => ({ waiting: node.restartFor.join(' '), face: node.face }))
  if (waiting === '') return null
  const keys: readonly string[] = waiting.split(' ')
  const titles = entryIds.filter((id) => entries[id].settings.some((key) => keys.includes(key))).map(titleOf)
  return (
    <Banner severity="info" title={t('restartTitle', { list: format.list(titles) })}>
      {t(`restartHow.${face}`)}
    </Banner>
  )
}
