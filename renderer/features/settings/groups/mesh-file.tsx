import { Button, FileButton } from '@mantine/core'
import { IconDownload, IconUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallOutput } from '../../../../electron/contract/calls.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { useCapabilityName } from '../../../ui/capability-name.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { buttonIcon } from '../../../ui/icons.ts'
import { saveFile } from '../../../ui/save-file.ts'
import { readMeshFile } from './read-mesh-file.ts'
import { Setting } from '../parts/setting.tsx'

type Imported = CallOutput<'mesh.import'>

/** What this node knows, as a file for nodes that speak the Router API v0.1. */
export function ExportFile() {
  const { t } = useTranslation('settings')
  const call = useCall()
  const exportFile = useTask(async () =>
    saveFile('mesh.json', [JSON.stringify(await call('mesh.export', {}), null, 2)], 'application/json'),
  )
  return (
    <Setting title={t('export')} help={t('exportHelp')} below={exportFile.failure && <FailureText failure={exportFile.failure} />}>
      <Button
        variant="default"
        leftSection={<IconDownload {...buttonIcon} />}
        onClick={() => void exportFile.run()}
        loading={exportFile.running}
      >
        {t('exportVerb')}
      </Button>
    </Setting>
  )
}

/** Such a file taken in; what came of it stands below. */
export function ImportFile() {
  const { t } = useTranslation('settings')
  const call = useCall()
  const [imported, setImported] = useState<Imported | null>(null)
  const importFile = useTask(async (file: File) => {
    setImported(null)
    setImported(await call('mesh.import', { file: await readMeshFile(file) }))
  })
  return (
    <Setting
      title={t('import')}
      help={t('importHelp')}
      below={importFile.failure ? <FailureText failure={importFile.failure} /> : imported && <Result imported={imported} />}
    >
      <FileButton accept="application/json,.json" onChange={(file) => file !== null && void importFile.run(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconUpload {...buttonIcon} />} loading={importFile.running}>
            {t('importVerb')}
          </Button>
        )}
      </FileButton>
    </Setting>
  )
}

function Result({ imported: { added, updated, skipped, policies } }: { imported: Imported }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  const nameOf = useCapabilityName()
  const wordsOf = useFailureWords()
  return (
    <div role="status" className="hint">
      <p>{`${t('added', { count: added })} ${t('updated', { count: updated })}`}</p>
      <ul>
        {skipped.map(({ name, problem }) => (
          <li key={name}>{t('skipped', { name, why: wordsOf(problem).whole })}</li>
        ))}
        {policies.taken.length > 0 && <li>{t('policiesTaken', { capabilities: format.list(policies.taken.map(nameOf)) })}</li>}
        {policies.kept.map(({ capability, problem }) => (
          <li key={capability}>{t('policyKept', { capability: nameOf(capability), why: wordsOf(problem).whole })}</li>
        ))}
      </ul>
    </div>
  )
}
