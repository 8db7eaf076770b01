import { VisuallyHidden } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { capabilityNames } from '../../../electron/contract/capability.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'
import { useCapabilityName } from '../../ui/capability-name.ts'
import { cardState } from './card-state.ts'
import { useStateWords } from './use-state-words.ts'

/**
 * Says to those who hear the page when a capability begins or ceases to work, and when everything is paused. Who uses it
 * is left out: that changes all the time.
 */
export function Announcer() {
  const { t } = useTranslation(['capabilities', 'pause'])
  const words = useStateWords()
  const nameOf = useCapabilityName()
  const format = useFormat()
  const capabilities = useSnapshot((snapshot) => snapshot.capabilities)
  const pause = useSnapshot(({ sharing }) => sharing.pause)
  const [said, setSaid] = useState('')
  const known = useRef<Map<string, string> | null>(null)
  useEffect(() => {
    const now = Date.now()
    const pauseSaid =
      pause === null
        ? t('pause:resumed')
        : pause.until === null
          ? t('pause:announcedOpen')
          : t('pause:announced', { time: format.until(pause.until, now) })
    const current = new Map<string, string>([['pause', pauseSaid]])
    for (const name of capabilityNames) {
      const capability = capabilities[name]
      if (capability === undefined) continue
      const state = cardState({ ...capability, usedBy: [] })
      // That everything is paused is said once, not five times.
      if (state.kind === 'paused' && state.why === 'person') continue
      current.set(name, t('announced', { name: nameOf(name), state: words(state, now) }))
    }
    const before = known.current
    known.current = current
    if (before === null) return
    const news = [...current].filter(([key, text]) => before.has(key) && before.get(key) !== text).map(([, text]) => text)
    if (news.length > 0) setSaid(news.join(' '))
  }, [capabilities, pause, t, words, nameOf, format])
  return <VisuallyHidden role="status">{said}</VisuallyHidden>
}
