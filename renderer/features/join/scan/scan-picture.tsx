import { Button, FileButton } from '@mantine/core'
import { IconPhotoScan } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../i18n/use-format.ts'
import { buttonIcon } from '../../../ui/icons.ts'
import { StateMark } from '../../../ui/state-mark.tsx'
import { largestFile, mostMegapixels } from './picture-rules.ts'
import type { Scan, ScanResult } from './use-scan.ts'

/** Chooses a picture of an invite's QR code, and says what was found in it. */
export function ScanPicture({ scan: { reading, result, read } }: { scan: Scan }) {
  const { t } = useTranslation('join')
  return (
    <div className="scan-picture">
      <FileButton accept="image/png,image/jpeg,image/webp,image/gif,image/bmp,image/avif" onChange={(file) => file !== null && read(file)}>
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconPhotoScan {...buttonIcon} />} loading={reading}>
            {t('picture.choose')}
          </Button>
        )}
      </FileButton>
      <span className="hint" role="status">
        {reading ? t('picture.reading') : result === null ? t('picture.help') : <Result result={result} />}
      </span>
    </div>
  )
}

function Result({ result }: { result: ScanResult }) {
  const { t } = useTranslation('join')
  const format = useFormat()
  const { kind } = result
  return (
    <span className="scan-result" data-kind={kind}>
      <StateMark mark={kind === 'found' ? 'online' : 'problem'} size={13} />
      <span>
        {kind === 'found'
          ? t('picture.found', { name: result.name === '' ? t('picture.pasted') : result.name })
          : t(`picture.${kind}`, { limit: format.bytes(largestFile), megapixels: mostMegapixels })}
      </span>
    </span>
  )
}
