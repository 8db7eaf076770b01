import { Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { AiView } from '../../../../electron/contract/ai.ts'
import { CopyValue } from '../../../ui/copy-value.tsx'
import { FailureText } from '../../../ui/failure-text.tsx'
import { useAiChange } from '../../../store/use-ai-change.ts'

/** The one address, as each kind of program wants it, and whether programs here need the key. */
export function AddressCard({ ai: { url, needsKey } }: { ai: AiView }) {
  const { t } = useTranslation('clients')
  const change = useAiChange(t('keyChanged'))
  const addresses = { openai: `${url}/v1`, ollama: url, anthropic: url } as const
  return (
    <section className="card address-card" aria-labelledby="ai-address-title">
      <h2 className="card-title" id="ai-address-title">
        {t('address')}
      </h2>
      <p className="hint">{t('addressHelp')}</p>
      <dl>
        {(['openai', 'ollama', 'anthropic'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`speaks.${kind}`)}</dt>
            <dd className="copy-line">
              <code>{addresses[kind]}</code>
              <CopyValue value={addresses[kind]} label={t('copyAddress', { what: t(`speaks.${kind}`) })} />
            </dd>
          </div>
        ))}
      </dl>
      <Switch
        size="md"
        checked={needsKey}
        disabled={change.running}
        onChange={(event) => void change.run({ needsKey: event.currentTarget.checked }, { needsKey })}
        label={t('needsKey')}
        description={t('needsKeyHelp')}
      />
      <Link className="more" href="/settings/access">
        {t('whereKey')}
      </Link>
      <FailureText failure={change.failure} />
    </section>
  )
}
