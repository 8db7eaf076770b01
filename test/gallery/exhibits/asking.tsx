/** What asks: forms of dialogs, confirmations, who may use a thing. */
import { TextInput } from '@mantine/core'
import { autostartView } from '../../../electron/contract/autostart.ts'
import { AutostartSwitch } from '../../../renderer/ui/autostart-switch.tsx'
import { CloseFooter } from '../../../renderer/ui/close-footer.tsx'
import { ConfirmDialog } from '../../../renderer/ui/confirm-dialog.tsx'
import { DialogForm } from '../../../renderer/ui/dialog-form.tsx'
import { OrderList } from '../../../renderer/ui/order-list.tsx'
import { SearchField } from '../../../renderer/ui/search-field.tsx'
import { WhoMayUse } from '../../../renderer/ui/who-may-use.tsx'
import { filmClub, maple } from '../../fixtures/household-peers.ts'
import { drawn, type Exhibit } from '../exhibit.ts'

const nothing = () => undefined
const refused = { code: 'forbidden', message: 'Only an admin may do this.', action: 'Ask an admin of Maple Street.' } as const
const form = { verb: 'Create mesh', ready: true, running: false, failure: null, onSubmit: nothing, onBack: nothing }
const field = <TextInput label="Name of the mesh" defaultValue="Maple Street" />
const confirm = { title: 'Remove shed-mini?', verb: 'Remove', running: false, failure: null, onConfirm: nothing, onClose: nothing }
const consequence = 'It loses access at once, on every member, and is told why when it comes back.'

const start = { failure: null, setting: false, set: nothing }
const byHand = autostartView.parse({
  supported: false,
  enabled: false,
  why: 'Without a desktop the system starts it as a service.',
  recipe: {
    system: 'systemd',
    file: '~/.config/systemd/user/fcn.service',
    text: '[Unit]\nDescription=Free Compute Node\n',
    commands: ['loginctl enable-linger'],
  },
})
const byItself = autostartView.parse({ supported: true, enabled: false, why: null, recipe: null })

const named = (...names: string[]) => names.map((name) => ({ id: name, name }))
const order = {
  ...{
    label: 'Models',
    help: 'The first that can be used is asked.',
    none: 'None yet.',
    add: 'Add a model',
    addTo: 'Add a model to the list',
  },
  ...{ entries: named('llama3.2:3b', 'gemma3:12b'), addable: named('mistral-small:24b'), onChange: nothing },
}

export const askExhibits: Exhibit[] = [
  {
    id: 'autostart',
    title: 'Starting with the system',
    kind: 'sheet',
    states: drawn({
      off: () => <AutostartSwitch {...start} view={byItself} />,
      on: () => <AutostartSwitch {...start} view={{ ...byItself, enabled: true }} />,
      setting: () => <AutostartSwitch {...start} view={byItself} setting />,
      'by hand': () => <AutostartSwitch {...start} view={byHand} />,
      'not known': () => <AutostartSwitch {...start} view={null} failure={refused} />,
    }),
  },
  {
    id: 'order-list',
    title: 'Things in an order',
    kind: 'sheet',
    states: drawn({
      some: () => <OrderList {...order} />,
      'none yet': () => <OrderList {...order} entries={[]} />,
      'all there are': () => <OrderList {...order} addable={[]} />,
    }),
  },
  {
    id: 'dialog-form',
    title: 'Form of a dialog',
    kind: 'sheet',
    states: drawn({
      ready: () => <DialogForm {...form}>{field}</DialogForm>,
      'not ready': () => (
        <DialogForm {...form} ready={false} hint="A name is missing.">
          {field}
        </DialogForm>
      ),
      running: () => (
        <DialogForm {...form} running>
          {field}
        </DialogForm>
      ),
      failed: () => (
        <DialogForm {...form} failure={refused} color="brick" back="Back">
          {field}
        </DialogForm>
      ),
      'only tells': () => <CloseFooter onClose={nothing} />,
    }),
  },
  {
    id: 'confirm',
    title: 'Confirmation',
    kind: 'window',
    states: drawn({
      asks: () => <ConfirmDialog {...confirm}>{consequence}</ConfirmDialog>,
      running: () => (
        <ConfirmDialog {...confirm} running>
          {consequence}
        </ConfirmDialog>
      ),
      failed: () => (
        <ConfirmDialog {...confirm} failure={refused}>
          {consequence}
        </ConfirmDialog>
      ),
    }),
  },
  {
    id: 'search',
    title: 'Words to look for',
    kind: 'sheet',
    states: drawn({
      empty: () => <SearchField label="Search services" text="" onChange={nothing} />,
      'with a hint': () => <SearchField label="Search peers" hint="Name, address, capability" text="" onChange={nothing} />,
      typed: () => <SearchField label="Search settings" text="port" onChange={nothing} />,
    }),
  },
  {
    id: 'who',
    title: 'Who may use it',
    kind: 'sheet',
    states: drawn({
      'one mesh': () => <WhoMayUse what="AI" rows={[{ mesh: maple, rule: 'all', exceptions: 0 }]} onChange={nothing} />,
      'two meshes': () => (
        <WhoMayUse
          what="Storage"
          rows={[
            { mesh: maple, rule: 'admins', exceptions: 2 },
            { mesh: filmClub, rule: 'nobody', exceptions: 0 },
          ]}
          onChange={nothing}
        />
      ),
    }),
  },
]
