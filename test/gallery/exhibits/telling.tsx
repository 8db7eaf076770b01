/** What tells: banners, notices, failures, steps, empty places, what is on its way or stopped. */
import { Button } from '@mantine/core'
import { Banner } from '../../../renderer/ui/banner.tsx'
import { Empty } from '../../../renderer/ui/empty.tsx'
import { ErrorBoundary } from '../../../renderer/ui/error-boundary.tsx'
import { FailureText } from '../../../renderer/ui/failure-text.tsx'
import { HouseMark } from '../../../renderer/ui/house-mark.tsx'
import { marked, NamedSentence } from '../../../renderer/ui/named-sentence.tsx'
import { Loading } from '../../../renderer/ui/loading.tsx'
import { Notice } from '../../../renderer/ui/notice.tsx'
import { StepList } from '../../../renderer/ui/step-list.tsx'
import { Stopped } from '../../../renderer/ui/stopped.tsx'
import { toast } from '../../../renderer/ui/toast.ts'
import { undoToast } from '../../../renderer/ui/undo-toast.tsx'
import { drawn, type Exhibit } from '../exhibit.ts'

const help = <Button variant="default">Choose a port</Button>

/** Always fails, as a screen with a mistake in it would. */
function Faulty(): never {
  throw new Error('reading a name of nothing')
}

export const tellExhibits: Exhibit[] = [
  {
    id: 'banner',
    title: 'Health banner',
    kind: 'sheet',
    states: drawn({
      info: () => <Banner severity="info" title="This computer is the only admin of Maple Street" />,
      warning: () => (
        <Banner severity="warning" title="Port 3000 is used by another program" action={help}>
          This node moved to port 3001 and told its peers.
        </Banner>
      ),
      error: () => (
        <Banner severity="error" title="Another machine uses the identity of this node" action={help}>
          One is a copy of the other, by a restored backup or a cloned disk. Both are unreliable as long as both run.
        </Banner>
      ),
    }),
  },
  {
    id: 'named-sentence',
    title: 'Sentence with who did it',
    kind: 'sheet',
    states: drawn({
      first: () => <NamedSentence>{`${marked('mia-laptop')} asked for AI`}</NamedSentence>,
      within: () => <NamedSentence>{`طلب ${marked('mia-laptop')} استخدام التخزين`}</NamedSentence>,
      nobody: () => <NamedSentence>A connection was refused</NamedSentence>,
    }),
  },
  {
    id: 'notice',
    title: 'Notice',
    kind: 'sheet',
    states: drawn({
      attention: () => <Notice title="This is shown this once">This computer keeps no copy.</Notice>,
      error: () => (
        <Notice title="The codes differ" tone="error">
          Nothing was shared.
        </Notice>
      ),
      title: () => <Notice title="Only a title" />,
    }),
  },
  {
    id: 'failure',
    title: 'Why it failed',
    kind: 'sheet',
    states: drawn({
      'with advice': () => (
        <FailureText
          failure={{ code: 'backend_failed', message: 'Nothing answers on port 11434.', action: 'Start Ollama, or give another address.' }}
        />
      ),
      plain: () => <FailureText failure={{ code: 'internal', message: 'The node did not answer.' }} />,
      none: () => <FailureText failure={null} />,
    }),
  },
  {
    id: 'steps',
    title: 'Steps',
    kind: 'sheet',
    states: drawn({
      'under way': () => (
        <StepList
          label="Progress"
          steps={[
            { state: 'done', title: 'Reached cellar-nas', text: 'Keys exchanged.' },
            { state: 'now', title: 'Waiting for approval on cellar-nas', text: 'Asked 28 seconds ago.' },
            { state: 'todo', title: 'Become a member of Garden Lane' },
          ]}
        />
      ),
      failed: () => (
        <StepList
          label="Progress that failed"
          steps={[
            { state: 'done', title: 'Reached cellar-nas' },
            { state: 'failed', title: 'cellar-nas declined', text: 'Ask the person there, or choose another node.' },
          ]}
        />
      ),
    }),
  },
  {
    id: 'empty',
    title: 'Empty place',
    kind: 'sheet',
    states: drawn({
      'with a way on': () => (
        <Empty mark={<HouseMark state="alone" size={72} />} title="No peers yet" actions={<Button>Invite…</Button>}>
          <p>Invite a computer, or join one of a mesh.</p>
        </Empty>
      ),
      'only a title': () => <Empty mark={<HouseMark state="online" size={72} />} title="Nothing fits these filters" />,
    }),
  },
  {
    id: 'loading',
    title: 'Loading',
    kind: 'sheet',
    states: drawn({ screen: () => <Loading />, list: () => <Loading lines={3} /> }),
  },
  {
    id: 'stopped',
    title: 'Stopped',
    kind: 'sheet',
    states: drawn({
      screen: () => <Stopped title="This screen stopped" error={new Error('reading a name of nothing')} onReload={() => undefined} />,
      'caught while drawing': () => (
        <ErrorBoundary
          part="faulty"
          renderInstead={(error) => <Stopped title="This part stopped" error={error} onReload={() => undefined} />}
        >
          <Faulty />
        </ErrorBoundary>
      ),
    }),
  },
  {
    id: 'toasts',
    title: 'What just happened',
    kind: 'sheet',
    states: drawn({
      'is said': () => (
        <Button variant="default" onClick={() => toast('mia-laptop is let into Maple Street')}>
          Say it
        </Button>
      ),
      'can be undone': () => (
        <Button variant="default" onClick={() => undoToast({ message: 'AI is off', verb: 'Undo', undo: () => undefined })}>
          Say it, to be undone
        </Button>
      ),
    }),
  },
]
