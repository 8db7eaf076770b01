/**
 * Owner of how far a person has come with setting up this node. It is kept here and not in a page, so that the window, a
 * browser and a restart all go on where somebody stopped.
 */
import { type SetupView, setupView } from '../contract/setup.ts'
import type { LegacyPeers, Membership, Startable } from './components.ts'
import type { MetaStore } from './store/meta-store.ts'
import { parseJson } from './support/json.ts'
import { createEmitter, type Signal } from './support/signal.ts'

interface SetupComponents {
  meta: Pick<MetaStore, 'get' | 'set'>
  membership: Pick<Membership, 'meshes' | 'joins' | 'changed'>
  legacy: Pick<LegacyPeers, 'list' | 'changed'>
}

export interface Setup extends Startable {
  readonly changed: Signal<void>
  view(): SetupView
  /** What is not named stays as it is. */
  set(change: Partial<SetupView>): SetupView
}

const first: SetupView = { state: 'open', page: 'computer' }
const notNeeded: SetupView = { state: 'finished', page: 'computer' }

/**
 * A node that is in use before anybody began (it was updated, or the command line was quicker) needs no setup: that is
 * noted once, so that leaving its last mesh does not bring the setup up.
 */
export function createSetup({ meta, membership, legacy }: SetupComponents): Setup {
  const changed = createEmitter()
  let ends: (() => void)[] = []
  /** Null until somebody has begun. */
  let kept = read(meta)

  const inUse = () => membership.meshes().length > 0 || membership.joins().length > 0 || legacy.list().length > 0
  const keep = (view: SetupView) => {
    meta.set('setup', JSON.stringify(view))
    kept = view
    changed.emit()
  }
  const notice = () => {
    if (kept === null && inUse()) keep(notNeeded)
  }
  const view = () => kept ?? first

  return {
    changed,
    view,
    set({ state, page }) {
      const before = view()
      const after = { state: state ?? before.state, page: page ?? before.page }
      if (kept === null || after.state !== before.state || after.page !== before.page) keep(after)
      return after
    },
    async start() {
      notice()
      ends = [membership.changed.subscribe(notice), legacy.changed.subscribe(notice)]
    },
    async stop() {
      for (const end of ends) end()
      ends = []
    },
  }
}

/** What a newer version may have written is no reason to come up again. */
function read(meta: SetupComponents['meta']): SetupView | null {
  const text = meta.get('setup')
  return text === null ? null : setupView.catch(notNeeded).parse(parseJson(text))
}
