import { useEffect } from 'react'
import { useCall } from './app-context.ts'

/** One call keeps the list fresh for ten seconds; renewed well before, ms. */
const renewEvery = 5_000

/** Tells the node that somebody looks at who is on the network, as long as the component is shown. */
export function useLook(): void {
  const call = useCall()
  useEffect(() => {
    // a lost call is repeated by the next one
    const look = () => void call('discovery.look', {}).catch(() => undefined)
    look()
    const timer = setInterval(look, renewEvery)
    return () => clearInterval(timer)
  }, [call])
}
