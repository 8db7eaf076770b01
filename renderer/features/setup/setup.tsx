import './setup.css'
import { useTranslation } from 'react-i18next'
import type { SetupPage } from '../../../electron/contract/setup.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { ComputerPage } from './pages/computer-page.tsx'
import { MeshPage } from './pages/mesh-page.tsx'
import { ReadyPage } from './pages/ready-page.tsx'
import { SharePage } from './pages/share-page.tsx'
import { StartPage } from './pages/start-page.tsx'
import { SetupSide } from './setup-side.tsx'

/** The first steps with a node, one question a page. Which page is shown is the node's to know, so every window goes on there. */
export default function Setup() {
  const { t } = useTranslation(['setup', 'common'])
  const page = useSnapshot(({ setup }) => setup.page)
  const name = useSnapshot(({ node }) => node.name)
  return (
    <div className="setup">
      <title>{`${t('title')} · ${name}`}</title>
      <SetupSide page={page} />
      <Page page={page} />
    </div>
  )
}

function Page({ page }: { page: SetupPage }) {
  switch (page) {
    case 'computer':
      return <ComputerPage />
    case 'mesh':
      return <MeshPage />
    case 'share':
      return <SharePage />
    case 'start':
      return <StartPage />
    case 'ready':
      return <ReadyPage />
  }
}
