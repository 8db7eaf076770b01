import { useEffect, useState } from 'react'

/** A button that lets somebody in wakes after this, so that nobody presses it by accident, ms. */
const wakeAfter = 1_500

/** False at first, true once what is shown could have been read. */
export function useAwake(): boolean {
  const [awake, setAwake] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setAwake(true), wakeAfter)
    return () => clearTimeout(timer)
  }, [])
  return awake
}
