import { type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { ErrorBoundary } from '../ui/error-boundary.tsx'
import { Loading } from '../ui/loading.tsx'
import { Page } from '../ui/page.tsx'
import { Stopped } from '../ui/stopped.tsx'

/** A screen that is still on its way, or that fails, leaves the frame and every other screen as they are. */
export function ScreenGuard({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const [location] = useLocation()
  return (
    <ErrorBoundary
      part={location}
      renderInstead={(error) => (
        <Page>
          <Stopped title={t('stopped.screen')} error={error} onReload={() => window.location.reload()} />
        </Page>
      )}
    >
      <Suspense
        fallback={
          <Page busy>
            <Loading />
          </Page>
        }
      >
        {children}
      </Suspense>
    </ErrorBoundary>
  )
}
