import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { scrollAreaOf } from '../../../ui/virtual/scroll-area.ts'

/** Nearer to the end than this, somebody reads what comes, px. */
const near = 64

/** Keeps the end of a growing text in view, until somebody scrolls back to read. For a component that is drawn anew only when the text grows. */
export function useFollowedEnd(): RefObject<HTMLDivElement | null> {
  const end = useRef<HTMLDivElement>(null)
  const follows = useRef(true)
  useEffect(() => {
    const area = scrollAreaOf(end.current)
    const look = () => {
      follows.current = area.scrollHeight - area.scrollTop - area.clientHeight < near
    }
    area.addEventListener('scroll', look, { passive: true })
    return () => area.removeEventListener('scroll', look)
  }, [])
  useLayoutEffect(() => {
    const area = scrollAreaOf(end.current)
    if (follows.current) area.scrollTop = area.scrollHeight
  })
  return end
}
