import { useEffect, useState } from 'react'

/** False at first, true from `ms` after the component appeared. */
export function useAfter(ms: number): boolean {
  const [past, setPast] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPast(true), ms)
    return () => clearTimeout(timer)
  }, [ms])
  return past
}
