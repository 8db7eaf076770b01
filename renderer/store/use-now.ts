import { useEffect, useState } from 'react'

/** The time, renewed every `interval` ms while the component is shown. */
export function useNow(interval = 15_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), interval)
    return () => clearInterval(timer)
  }, [interval])
  return now
}
