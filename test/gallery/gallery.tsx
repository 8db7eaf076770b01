import { useSyncExternalStore } from 'react'
import type { Exhibit } from './exhibit.ts'
import { exhibits } from './exhibits.ts'
import { Frame } from './frame.tsx'

/** What the address asks for: nothing for the list, `#<exhibit>` for all its states, `#<exhibit>/<state>` for one and nothing else. */
const address = () => decodeURIComponent(location.hash.slice(1))
const onAddress = (changed: () => void) => {
  window.addEventListener('hashchange', changed)
  return () => window.removeEventListener('hashchange', changed)
}

export function Gallery() {
  const show = useSyncExternalStore(onAddress, address)
  const [id, name] = show.split('/')
  const exhibit = exhibits.find((each) => each.id === id)
  const state = name === undefined ? undefined : exhibit?.states[name]
  if (state !== undefined) return <Frame key={show} state={state} />
  return (
    <div className="gallery">
      <nav aria-label="Exhibits">
        <ul>
          {exhibits.map((each) => (
            <li key={each.id}>
              <a href={`#${each.id}`} aria-current={each === exhibit ? 'page' : undefined}>
                {each.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {exhibit === undefined ? <Welcome /> : <Sheet key={exhibit.id} exhibit={exhibit} />}
    </div>
  )
}

const Welcome = () => (
  <main>
    <h1>Gallery</h1>
    <p>Every component of the window in every state, from the fixtures of the tests. Light or dark as the system is.</p>
  </main>
)

function Sheet({ exhibit: { id, title, kind, states } }: { exhibit: Exhibit }) {
  return (
    <main data-exhibit={id}>
      <h1>{title}</h1>
      {Object.entries(states).map(([name, state]) => (
        <figure key={name}>
          <figcaption>{kind === 'window' ? <a href={`#${id}/${name}`}>{name}</a> : name}</figcaption>
          {kind === 'sheet' && <Frame state={state} />}
        </figure>
      ))}
    </main>
  )
}
