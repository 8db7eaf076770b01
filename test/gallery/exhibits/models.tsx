/** The Models screen: with nothing, with a household’s models, a model beside it, settings for programs, usage. */
import type { ReactNode } from 'react'
import type { CallName } from '../../../electron/contract/calls.ts'
import Models from '../../../renderer/features/models/models.tsx'
import { Shell } from '../../../renderer/shell/shell.tsx'
import { diskFull } from '../../fixtures/failing.ts'
import { householdModels } from '../../fixtures/household-models.ts'
import { calm, firstRun } from '../../fixtures/snapshot.ts'
import type { Exhibit, ExhibitState } from '../exhibit.ts'

const framed = (screen: ReactNode) => () => <Shell>{screen}</Shell>
const snapshot = calm({ ai: householdModels() })

const screen = (id: string, title: string, show: ReactNode, asks?: CallName): Exhibit => ({
  id,
  title: `Screen: ${title}`,
  kind: 'window',
  states: {
    empty: { show: framed(show), snapshot: firstRun(), answers: { 'ai.usage': [] } },
    calm: { show: framed(show), snapshot },
    away: { show: framed(show), snapshot, link: { kind: 'reconnecting' } },
    ...(asks &&
      ({
        waiting: { show: framed(show), snapshot, pending: [asks] },
        refused: { show: framed(show), snapshot, answers: { [asks]: diskFull } },
      } satisfies Record<string, ExhibitState>)),
  },
})

export const modelExhibits: Exhibit[] = [
  screen('models', 'Models', <Models tab="models" />),
  screen('model', 'A model', <Models tab="models" selected={{ name: 'llama3.2:3b', part: 'details' }} />),
  screen('model-trial', 'A model, tried', <Models tab="models" selected={{ name: 'llama3.2:3b', part: 'trial' }} />),
  screen('models-programs', 'Models, for programs', <Models tab="programs" />),
  screen('models-usage', 'Models, usage', <Models tab="usage" />, 'ai.usage'),
]
