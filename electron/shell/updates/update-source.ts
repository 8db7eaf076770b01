/** Where newer versions come from, and what puts them in place: electron-updater, or a double of it. */
export interface UpdateSource {
  /**
   * The newest version for this copy, once its signature holds and its roll-out has come to this copy; null when this is the
   * newest. Rejects when nobody answers, or when what answers is not signed.
   */
  find(signal: AbortSignal): Promise<{ version: string } | null>
  /** Fetches what `find` found and checks that it is what was signed. */
  download(onPercent: (percent: number) => void, signal: AbortSignal): Promise<void>
  /**
   * Hands over to the installer and ends the program; the node has been stopped before. Rejects when the installer does not
   * begin: then the program runs on.
   */
  install(): Promise<void>
}
