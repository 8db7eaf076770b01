import { Component, type ReactNode } from 'react'

interface Bounds {
  /** Names what is shown within: another part is given a new chance. */
  part: string
  renderInstead: (error: Error) => ReactNode
  children: ReactNode
}

interface Caught {
  error: Error | null
  /** Where it happened. */
  part: string
}

/** Keeps what goes wrong while a part of the window is drawn within that part; `renderInstead` stands in its place. */
export class ErrorBoundary extends Component<Bounds, Caught> {
  override state: Caught = { error: null, part: this.props.part }

  static getDerivedStateFromError(thrown: unknown): Partial<Caught> {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  static getDerivedStateFromProps({ part }: Bounds, caught: Caught): Caught | null {
    return part === caught.part ? null : { error: null, part }
  }

  override render(): ReactNode {
    const { error } = this.state
    return error === null ? this.props.children : this.props.renderInstead(error)
  }
}
