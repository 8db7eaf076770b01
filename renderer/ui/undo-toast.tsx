import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

/** Long enough to be reached by keyboard, ms; it stays while the pointer is on it. */
const shownFor = 10_000

/** Says that something just happened, with a button that undoes it. */
export function undoToast({ message, verb, undo }: { message: string; verb: string; undo: () => void }): void {
  const id = notifications.show({
    autoClose: shownFor,
    withCloseButton: false,
    message: (
      <span className="undo-toast">
        <span className="grow">{message}</span>
        <Button
          variant="subtle"
          size="compact-sm"
          onClick={() => {
            notifications.hide(id)
            undo()
          }}
        >
          {verb}
        </Button>
      </span>
    ),
  })
}
