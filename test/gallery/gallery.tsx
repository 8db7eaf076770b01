import type { Exhibit } from './exhibit.ts'
import { exhibits } from './exhibits.ts'
import { Frame } from './frame.tsx'

/** `show` is empty for the list, `<exhibit>` for all its states, `<exhibit>/<state>` for one state and nothing else. */
export function Gallery({ show }: { show: string }) {
  const [id, name] = show.split('/')
  const exhibit = exhibits.find((each) => each.id === id)
  const state = name === undefined ? undefined : exhibit?.states[name]
  if (state !== undefined) return <Frame state={state} />
  return (
    <div className="gallery">
      <nav aria-label="Exhibits">
        <ul>
          {exhibits.map((each) => (
            <li key={each.id}>
              <a href={`?show=${each.id}`} aria-current={each === exhibit ? 'page' : undefined}>
                {each.title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {exhibit === undefined ? <Welcome /> : <Sheet exhibit={exhibit} />}
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
          <figcaption>{kind === 'window' ? <a href={`?show=${id}/${name}`}>{name}</a> : name}</figcaption>
          {kind === 'window' ? (
            // oxlint-disable-next-line react/iframe-missing-sandbox -- pages of ours, which need their scripts and their origin
            <iframe title={`${title}: ${name}`} src={`?show=${id}/${name}`} />
          ) : (
            <Frame state={state} />
          )}
        </figure>
      ))}
    </main>
  )
}
