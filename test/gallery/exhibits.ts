import type { Exhibit } from './exhibit.ts'
import { askExhibits } from './exhibits/asking.tsx'
import { dialogExhibits } from './exhibits/dialogs.tsx'
import { factExhibits } from './exhibits/facts.tsx'
import { frameExhibits } from './exhibits/frames.tsx'
import { joinExhibits } from './exhibits/joining.tsx'
import { markExhibits } from './exhibits/marks.tsx'
import { modelExhibits } from './exhibits/models.tsx'
import { overviewExhibits } from './exhibits/overview.tsx'
import { screenExhibits } from './exhibits/screens.tsx'
import { tellExhibits } from './exhibits/telling.tsx'

/** Everything on show, in the order of the list. */
export const exhibits: readonly Exhibit[] = [
  ...markExhibits,
  ...tellExhibits,
  ...factExhibits,
  ...askExhibits,
  ...joinExhibits,
  ...overviewExhibits,
  ...frameExhibits,
  ...dialogExhibits,
  ...screenExhibits,
  ...modelExhibits,
]
