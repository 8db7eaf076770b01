import './settings.css'
import { Button } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useSearch } from 'wouter'
import type { Settings as AllSettings } from '../../../electron/contract/settings.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { Empty } from '../../ui/empty.tsx'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { changedFromDefault } from './defaults.ts'
import { entries, entryIds, type GroupId, isGroup } from './entries.ts'
import { GroupCard, groupAnchor } from './group-card.tsx'
import { GroupList } from './group-list.tsx'
import { Setting } from './parts/setting.tsx'
import { ResetButton } from './reset-button.tsx'
import { RestartBanner } from './restart-banner.tsx'
import { byGroup, findEntries } from './search.ts'
import { useEntryTexts } from './use-entry-texts.ts'
import { useGroupInView } from './use-group-in-view.ts'

/**
 * What a person can change about this node, in groups, searchable. `group` is the one its address names
 * (`#/settings/network`); what is searched for stands in the address too (`#/settings?find=port`).
 */
export default function Settings({ group }: { group: string | null }) {
  const { t } = useTranslation('settings')
  const [, navigate] = useLocation()
  const query = new URLSearchParams(useSearch()).get('find') ?? ''
  const { textsOf } = useEntryTexts()
  const groups = useMemo(() => byGroup(findEntries(query, textsOf)), [query, textsOf])
  const ids = groups.map((each) => each.group)
  const inView = useGroupInView(ids)
  const chosen = useChosenGroup(group)
  const searched = (text: string) => (text === '' ? '' : `?${new URLSearchParams({ find: text }).toString()}`)
  const find = (text: string) => navigate(`/settings${searched(text)}`, { replace: true })
  const addressOf = (each: GroupId) => `/settings/${each}${searched(query)}`
  return (
    <Page>
      <PageHead title={t('title')} actions={<SearchField className="setting-search" label={t('search')} text={query} onChange={find} />}>
        {t('subtitle')}
      </PageHead>
      <RestartBanner />
      <p role="status" className="hint setting-count">
        {query === '' ? '' : t('found', { count: groups.flatMap((each) => each.ids).length })}
      </p>
      {groups.length === 0 ? (
        <NothingFits text={query} onClear={() => find('')} />
      ) : (
        <div className="settings">
          <GroupList
            groups={ids}
            shown={chosen.group ?? inView}
            addressOf={addressOf}
            onChoose={chosen.go}
            onSelect={(each) => navigate(addressOf(each))}
          />
          <div className="setting-groups">
            {groups.map((each) => (
              <GroupCard key={each.group} group={each.group} ids={each.ids} />
            ))}
            {query === '' && <ResetAll />}
          </div>
        </div>
      )}
    </Page>
  )
}

/** Brings a group into view: the one the address names, and each that is chosen; it counts as shown until somebody scrolls on. */
function useChosenGroup(address: string | null): { group: GroupId | undefined; go: (group: GroupId) => void } {
  const named = address !== null && isGroup(address) ? address : undefined
  /** The group of the address, once it was scrolled away from. */
  const [leftBehind, setLeftBehind] = useState<GroupId>()
  useEffect(() => {
    if (named !== undefined) bringIntoView(named)
  }, [named])
  useEffect(() => {
    const scrolled = () => setLeftBehind(named)
    const main = document.querySelector('#main')
    main?.addEventListener('wheel', scrolled, { passive: true })
    main?.addEventListener('touchmove', scrolled, { passive: true })
    return () => {
      main?.removeEventListener('wheel', scrolled)
      main?.removeEventListener('touchmove', scrolled)
    }
  }, [named])
  const go = (group: GroupId) => {
    setLeftBehind(undefined)
    bringIntoView(group)
  }
  return { group: named === leftBehind ? undefined : named, go }
}

function bringIntoView(group: GroupId): void {
  const heading = document.querySelector<HTMLElement>(`#${groupAnchor(group)}`)
  heading?.focus({ preventScroll: true })
  heading?.closest('section')?.scrollIntoView({ block: 'start' })
}

function NothingFits({ text, onClear }: { text: string; onClear: () => void }) {
  const { t } = useTranslation('settings')
  return (
    <Empty
      mark={<IconSearch size={40} stroke={1.3} aria-hidden className="quiet" />}
      title={t('nothingFits', { text })}
      actions={
        <Button variant="default" onClick={onClear}>
          {t('showAll')}
        </Button>
      }
    >
      {t('nothingFitsHelp')}
    </Empty>
  )
}

const allSettings: (keyof AllSettings)[] = entryIds.flatMap((id) => [...entries[id].settings])

function ResetAll() {
  const { t } = useTranslation('settings')
  const changed = useSnapshot(({ settings }) => changedFromDefault(settings, allSettings))
  return (
    <section className="card" aria-label={t('resetAll')}>
      <Setting title={t('allSettings')} help={changed.length === 0 ? t('resetNothing') : t('resetAllHelp')}>
        <ResetButton keys={changed} title={t('resetAllTitle')} label={t('resetAll')} prominent>
          {t('resetAll')}
        </ResetButton>
      </Setting>
    </section>
  )
}
