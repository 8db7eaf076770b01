import { notifications } from '@mantine/notifications'

/** Says that something just happened, for 5 s. What lasts, and what failed, belongs on the screen. */
export const toast = (message: string): void => {
  notifications.show({ message, autoClose: 5_000, withCloseButton: false })
}
