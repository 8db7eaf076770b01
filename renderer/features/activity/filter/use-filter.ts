import { useMemo } from 'react'
import { useLocation, useSearch } from 'wouter'
import type { z } from 'zod'
import { type auditFilter, readFilter, type routeFilter, searchOf } from './activity-filter.ts'

/** The filter in the address, which alone holds it: an address that is sent on or gone back to shows the same. */
export function useFilter<F extends typeof auditFilter | typeof routeFilter>(of: F) {
  const search = useSearch()
  const [path, navigate] = useLocation()
  const filter = useMemo(() => readFilter(of, search), [of, search])
  return {
    filter,
    change: (part: Partial<z.infer<F>>) => navigate(path + searchOf({ ...filter, ...part }), { replace: true }),
    clear: () => navigate(path, { replace: true }),
  }
}
