import { useTranslation } from 'react-i18next'
import type { PausedView, SharingConditions } from '../../../electron/contract/sharing.ts'
import { useFormat } from '../../i18n/use-format.ts'
import { useSnapshot } from '../../store/app-context.ts'

/** Why a capability is paused in figures, and when it resumes: "Idle for 2 min now. Resumes by itself after 5 min." */
export function usePausedText(): (paused: PausedView, conditions: SharingConditions) => string {
  const { t } = useTranslation('capabilities')
  const format = useFormat()
  const { idleMs, freeDisk, freeMemory, processor } = useSnapshot(({ sharing }) => sharing.presence)
  const bytes = (count: number | null) => (count === null ? t('unknown') : format.bytes(count))
  return ({ why }, { idleMinutes, keepFreeDisk, keepFreeMemory, processorBelow }) => {
    switch (why) {
      case 'person':
        return t('pausedNow.person')
      case 'in_use':
        return idleMs === null || idleMs < 60_000
          ? t('pausedNow.in_use_now', { needed: format.left(idleMinutes * 60_000) })
          : t('pausedNow.in_use', { idle: format.left(idleMs), needed: format.left(idleMinutes * 60_000) })
      case 'battery':
        return t('pausedNow.battery')
      case 'hours':
        return t('pausedNow.hours')
      case 'disk':
        return t('pausedNow.disk', { free: bytes(freeDisk), keep: bytes(keepFreeDisk) })
      case 'memory':
        return t('pausedNow.memory', { free: bytes(freeMemory), keep: bytes(keepFreeMemory) })
      case 'processor':
        return t('pausedNow.processor', {
          busy: processor === null ? t('unknown') : format.percent(processor / 100),
          limit: format.percent((processorBelow ?? 100) / 100),
        })
    }
  }
}
