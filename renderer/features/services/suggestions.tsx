import { Button } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListeningProgram } from '../../../electron/contract/programs.ts'
import { useCall } from '../../store/app-context.ts'
import { useTask } from '../../store/use-task.ts'
import { FailureText } from '../../ui/failure-text.tsx'
import { buttonIcon } from '../../ui/icons.ts'

/** Programs that listen on this computer, looked for only when somebody asks; one is taken by a click. */
export function Suggestions({ onTake }: { onTake: (program: ListeningProgram) => void }) {
  const { t } = useTranslation('services')
  const call = useCall()
  const [found, setFound] = useState<ListeningProgram[] | null>(null)
  const { run, running, failure } = useTask(async () => setFound(await call('service.suggest', {})))
  return (
    <div className="suggestions">
      <Button variant="default" leftSection={<IconSearch {...buttonIcon} />} loading={running} onClick={() => void run()}>
        {t(found === null ? 'suggest' : 'suggestAgain')}
      </Button>
      <FailureText failure={failure} />
      <div role="status">{found?.length === 0 && <p className="hint">{t('noSuggestions')}</p>}</div>
      {found !== null && found.length > 0 && (
        <ul aria-label={t('suggestions')}>
          {found.map((program) => (
            <li key={program.port}>
              <button type="button" className="suggestion" onClick={() => onTake(program)} aria-label={t('suggestion', program)}>
                <span className="grow">{program.name}</span>
                <code>{program.port}</code>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
