import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'

/** Said for so long: time to read it and to reach the button, ms. */
const shownFor = 8_000

/** Says that something was just changed, with the way back. */
export function undoToast({ message, verb, undo }: { message: string; verb: string; undo: () => void }): void {
  const id = notifications.show({
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
    autoClose: shownFor,
    withCloseButton: false,
  })
}
