import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { NetworkView } from '../../../electron/contract/discovery.ts'
import { ScanControl } from './scan-control.tsx'

/** Nothing appeared: the usual reasons, and what works nevertheless. */
export function NobodyFound({
  network,
  onWay,
  onClose,
}: {
  network: NetworkView
  onWay: (way: 'url' | 'invite') => void
  onClose: () => void
}) {
  const { t } = useTranslation('join')
  const reasons = t('nobodyReasons', { returnObjects: true }) as unknown as readonly string[]
  const broken = network.interfaces.filter(({ discovery }) => discovery === 'failed')
  const noNetwork = network.interfaces.every(({ ignored }) => ignored)
  return (
    <div className="nobody-found" role="status">
      <b>{t(noNetwork ? 'noNetwork' : 'nobodyFound')}</b>
      <ul>
        {broken.map(({ name, label }) => (
          <li key={name}>{t('nobodyBroken', { label })}</li>
        ))}
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
      <div className="nobody-ways">
        <Button variant="default" onClick={() => onWay('url')}>
          {t('enterUrl')}
        </Button>
        <Button variant="default" onClick={() => onWay('invite')}>
          {t('useInvite')}
        </Button>
        <ScanControl scan={network.scan} />
        <Link href="/settings/doctor" className="more" onClick={onClose}>
          {t('askDoctor')}
        </Link>
      </div>
    </div>
  )
}
