import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { screenAt } from './shell/screens.ts'
import { useDialogs, useSnapshot } from './store/app-context.ts'

/** Tells of a request that comes while another screen than Overview is looked at, where it stands on top anyway. */
export function RequestToasts() {
  const { t } = useTranslation('overview')
  const { open } = useDialogs()
  const [location] = useLocation()
  const requests = useSnapshot((snapshot) => snapshot.requests)
  const told = useRef(new Set(Object.keys(requests)))
  const elsewhere = screenAt(location).id !== 'overview'
  useEffect(() => {
    for (const { id, node, mesh } of Object.values(requests)) {
      if (told.current.has(id)) continue
      told.current.add(id)
      if (!elsewhere) continue
      const review = () => {
        notifications.hide(id)
        open({ kind: 'approve', requestId: id })
      }
      notifications.show({
        id,
        title: t('asksToJoin', { name: node.name, mesh: mesh.name }),
        message: (
          <Button size="compact-sm" mt={6} onClick={review}>
            {t('review')}
          </Button>
        ),
        autoClose: 20_000,
        withCloseButton: false,
      })
    }
    for (const id of told.current) {
      if (Object.hasOwn(requests, id)) continue
      told.current.delete(id)
      notifications.hide(id)
    }
  }, [requests, elsewhere, open, t])
  return null
}
