import './models.css'
import { useTranslation } from 'react-i18next'
import { useLink, useSnapshot } from '../../store/app-context.ts'
import { PageHead } from '../../ui/page-head.tsx'
import { Page } from '../../ui/page.tsx'
import { ModelDrawer } from './details/model-drawer.tsx'
import { ModelList } from './list/model-list.tsx'
import { modelStanding } from './list/model-standing.ts'
import { NoModels } from './list/no-models.tsx'
import type { ModelPart } from './model-path.ts'
import { ModelsTabs, type ModelsTab } from './models-tabs.tsx'
import { Programs } from './programs/programs.tsx'
import { Usage } from './usage/usage.tsx'

/** A model, or a name of the user’s own, that is open beside the list. */
interface Selected {
  name: string
  part: ModelPart
}

/** The models of all meshes, how programs here use them, and who used how much. */
export default function Models({ tab, selected = null }: { tab: ModelsTab; selected?: Selected | null }) {
  const { t } = useTranslation('models')
  const subtitle = useSubtitle()
  const isEmpty = useSnapshot(({ ai }) => ai.models.length === 0)
  return (
    <>
      <Page>
        <PageHead title={t('title')} actions={<ModelsTabs shown={tab} />}>
          {subtitle}
        </PageHead>
        {tab === 'models' && (isEmpty ? <NoModels /> : <ModelList selected={selected?.name ?? null} />)}
        {tab === 'programs' && <Programs />}
        {tab === 'usage' && <Usage />}
      </Page>
      {selected && <ModelDrawer key={selected.name} {...selected} />}
    </>
  )
}

/** How many models there are and where programs find them; while the node is away, how many there were. */
function useSubtitle(): string {
  const { t } = useTranslation('models')
  const link = useLink()
  const { count, url } = useSnapshot(({ ai: { models, url } }) => ({
    count: models.filter((model) => (modelStanding(model)?.usable ?? 0) > 0).length,
    url,
  }))
  return t(link.kind === 'live' ? 'subtitle' : 'subtitleLast', { count, url })
}
