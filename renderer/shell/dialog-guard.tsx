import { Modal } from '@mantine/core'
import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { Loading, loadingPatience } from '../ui/loading.tsx'
import { Stopped } from '../ui/stopped.tsx'
import { useAfter } from '../ui/use-after.ts'

/** A dialog that is still on its way, or that fails, can be closed, and leaves the screen below it as it is. */
export function DialogGuard({ dialog, onClose, children }: { dialog: string; onClose: () => void; children: ReactNode }) {
  const { t } = useTranslation()
  return (
    <ErrorBoundary
      part={dialog}
      renderInstead={(error) => (
        <Modal opened onClose={onClose} size={560} closeButtonProps={{ 'aria-label': t('close') }}>
          <Stopped title={t('stopped.dialog')} error={error} onReload={() => window.location.reload()} />
        </Modal>
      )}
    >
      <Suspense fallback={<OnItsWay onClose={onClose} />}>{children}</Suspense>
    </ErrorBoundary>
  )
}

function OnItsWay({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const late = useAfter(loadingPatience)
  return (
    <>
      {/* says that something is on its way, before there is anything to see */}
      <div hidden aria-busy />
      <Modal opened={late} onClose={onClose} title={t('loading')} size={560} closeButtonProps={{ 'aria-label': t('close') }}>
        <div className="dialog-body">
          <Loading lines={4} />
        </div>
      </Modal>
    </>
  )
}
