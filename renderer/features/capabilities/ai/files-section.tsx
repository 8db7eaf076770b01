import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ModelFile } from '../../../../electron/contract/ai.ts'
import { useFailureWords } from '../../../i18n/use-failure-words.ts'
import { useFormat } from '../../../i18n/use-format.ts'
import { useCall, useSnapshot } from '../../../store/app-context.ts'
import { useTask } from '../../../store/use-task.ts'
import { FailureText } from '../../../ui/failure-text.tsx'
import { buttonIcon } from '../../../ui/icons.ts'
import { type Mark, StateMark } from '../../../ui/state-mark.tsx'
import { DrawerSection } from '../drawer/drawer-section.tsx'

const marks: Record<ModelFile['state'], Mark> = { resting: 'off', starting: 'checking', running: 'running', problem: 'problem' }

/** Model files that this node runs by itself, where the package for that is installed; else how to get it. */
export function FilesSection() {
  const { t } = useTranslation('engines')
  const wordsOf = useFailureWords()
  const { state, problem, files } = useSnapshot(({ ai }) => ai.embedded)
  return (
    <DrawerSection title={t('files')}>
      {state === 'missing' && <p className="cap-result">{t('packageMissing')}</p>}
      {problem && <p className="cap-result">{wordsOf(problem).whole}</p>}
      {state !== 'missing' && files.length === 0 && <p className="cap-result">{t('noFiles')}</p>}
      {files.length > 0 && (
        <ul className="engines" aria-label={t('files')}>
          {files.map((file) => (
            <FileLine key={file.model} file={file} />
          ))}
        </ul>
      )}
      {state !== 'missing' && <AddFile />}
    </DrawerSection>
  )
}

function FileLine({ file: { model, path, size, state, problem } }: { file: ModelFile }) {
  const { t } = useTranslation('engines')
  const format = useFormat()
  const wordsOf = useFailureWords()
  const call = useCall()
  const remove = useTask(() => call('ai.file.remove', { model }))
  return (
    <li>
      <StateMark mark={marks[state]} size={13} />
      <div className="grow">
        <b>{model}</b>
        <span>{t('fileState', { state: t(`file.${state}`), size: format.bytes(size) })}</span>
        <code>{path}</code>
        {problem && <span className="engine-problem">{wordsOf(problem).whole}</span>}
        <FailureText failure={remove.failure} />
      </div>
      <ActionIcon aria-label={t('removeFile', { name: model })} loading={remove.running} onClick={() => void remove.run()}>
        <IconX {...buttonIcon} />
      </ActionIcon>
    </li>
  )
}

/** The browser does not tell a page where a file is: its path is typed or pasted. */
function AddFile() {
  const { t } = useTranslation('engines')
  const call = useCall()
  const [path, setPath] = useState('')
  const add = useTask(async () => {
    await call('ai.file.add', { path: path.trim() })
    setPath('')
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (path.trim() !== '') void add.run()
  }
  return (
    <form className="engine-form" onSubmit={submit} noValidate>
      <TextInput
        label={t('filePath')}
        description={t('filePathHelp')}
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        classNames={{ input: 'mono-input' }}
        maxLength={4096}
        autoComplete="off"
        spellCheck={false}
      />
      <FailureText failure={add.failure} />
      <Button className="engine-add" type="submit" variant="default" disabled={path.trim() === ''} loading={add.running}>
        {t('addFile')}
      </Button>
    </form>
  )
}
