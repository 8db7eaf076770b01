import { useEffect, useState } from 'react'
import { type GroupId, isGroup } from './entries.ts'

/** The group at the top of the screen while a person scrolls; undefined when none is shown. */
export function useGroupInView(groups: readonly GroupId[]): GroupId | undefined {
  const [inView, setInView] = useState<readonly GroupId[]>([])
  const shown = groups.join(' ')
  useEffect(() => {
    const seen = new Set<GroupId>()
    // only the upper third counts: the group that is being read, not the one that just comes in
    const observer = new IntersectionObserver(
      (changes) => {
        for (const { target, isIntersecting } of changes) {
          const group = target.getAttribute('data-group') ?? ''
          if (isGroup(group)) (isIntersecting ? () => seen.add(group) : () => seen.delete(group))()
        }
        setInView([...seen])
      },
      { rootMargin: '0px 0px -66% 0px' },
    )
    for (const group of shown.split(' ')) {
      const card = document.querySelector(`[data-group="${group}"]`)
      if (card !== null) observer.observe(card)
    }
    return () => observer.disconnect()
  }, [shown])
  return groups.find((group) => inView.includes(group)) ?? groups[0]
}
