/** How a hub meddles (hostile-hub.ts). */
export interface HostileMode {
  /**
   * - `flip`, `drop`, `replay`: one bit, one chunk, one chunk again, in the middle of each connection; `flip early`: in its first
   * - `reflect`: one chunk goes back to where it came from
   * - `redirect`: who asks for the node `instead.of` is connected with `instead.to`
   * - `itself`: it answers in place of the node that was asked for
   */
  how: 'nothing' | 'flip' | 'flip early' | 'drop' | 'replay' | 'reflect' | 'redirect' | 'itself'
  instead?: { of: string; to: string }
  /** False: no lanes come about, and all goes through the tunnels. */
  lanes?: boolean
}

export const wholesome: HostileMode = { how: 'nothing' }
