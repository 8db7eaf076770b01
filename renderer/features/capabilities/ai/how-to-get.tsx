import { useTranslation } from 'react-i18next'
import { useSnapshot } from '../../../store/app-context.ts'
import { desktopSystem } from '../../../store/desktop-system.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { engineCommands } from './engine-commands.ts'

/** How to get an engine and a first model on this system. */
export function HowToGet({ open }: { open: boolean }) {
  const { t } = useTranslation(['engines', 'capabilities'])
  const system = useSnapshot(({ node }) => desktopSystem(node.os))
  const commands = engineCommands[system]
  return (
    <details className="how-to" open={open}>
      <summary>{t('capabilities:howToGet')}</summary>
      <p>{t(`howTo.${system}`)}</p>
      <figure className="recipe">
        <figcaption>
          <span className="grow">{t(`shell.${system}`)}</span>
          <CopyValue value={commands} label={t('copyCommands')} />
        </figcaption>
        <pre>{commands}</pre>
      </figure>
      <p>{t('othersFit')}</p>
    </details>
  )
}
