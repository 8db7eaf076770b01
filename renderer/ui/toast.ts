import { notifications } from '@mantine/notifications'
import type { Failure } from '../../electron/contract/failure.ts'

/** Toasts are only for things that just happened; what lasts belongs on the screen. */
export const toast = {
  done(message: string): void {
    notifications.show({ message, autoClose: 5_000, withBorder: true })
  },
  failed(title: string, { message, action }: Failure): void {
    notifications.show({
      title,
      message: action === undefined ? message : `${message} ${action}`,
      color: 'brick',
      autoClose: 10_000,
      withBorder: true,
      role: 'alert',
    })
  },
}
