import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { AutostartView } from '../../electron/contract/autostart.ts'
import type { Failure } from '../../electron/contract/failure.ts'
import { CopyValue } from './copy-value.tsx'
import { FailureText } from './failure-text.tsx'

interface AutostartSwitchProps {
  view: AutostartView | null
  failure: Failure | null
  setting: boolean
  set: (enabled: boolean) => void
}

/** The switch where the program can have itself started, else how a person does it, with texts to copy. */
export function AutostartSwitch({ view, failure, setting, set }: AutostartSwitchProps) {
  const { t } = useTranslation('setup')
  if (view === null) return <FailureText failure={failure} />
  if (!view.supported) return <ByHand view={view} />
  return (
    <div className="autostart">
      <Switch
        size="md"
        checked={setting ? !view.enabled : view.enabled}
        disabled={setting}
        onChange={(event) => set(event.currentTarget.checked)}
        label={t('autostart.switch')}
        description={t('autostart.help')}
      />
      <p className="hint" role="status">
        {view.why}
      </p>
      <FailureText failure={failure} />
    </div>
  )
}

function ByHand({ view: { why, recipe } }: { view: AutostartView }) {
  const { t } = useTranslation('setup')
  return (
    <div className="autostart">
      <p>{why}</p>
      {recipe !== null && (
        <>
          {recipe.file !== null && recipe.text !== null && (
            <figure className="recipe">
              <figcaption>
                <span className="grow">
                  {t('autostart.writeTo')} <code>{recipe.file}</code>
                </span>
                <CopyValue value={recipe.text} label={t('autostart.copyText')} />
              </figcaption>
              <pre>{recipe.text}</pre>
            </figure>
          )}
          <figure className="recipe">
            <figcaption>
              <span className="grow">{t('autostart.thenRun')}</span>
              <CopyValue value={recipe.commands.join('\n')} label={t('autostart.copyCommands')} />
            </figcaption>
            <pre>{recipe.commands.join('\n')}</pre>
          </figure>
          <p className="hint">{t('autostart.thenStop')}</p>
        </>
      )}
    </div>
  )
}
