import type { CallResult } from '../contract/calls.ts'
import type { Snapshot } from '../contract/snapshot.ts'

/** What a node without a window says once it runs: who it is, where others reach it, and where its page is. */
export function greeting({ node }: Snapshot, link: CallResult<'page.link'>): string {
  const others = node.urls.length > 0 ? node.urls.join('  ') : 'nowhere: this computer has no network'
  return [
    `Free Compute Node ${node.version}: ${node.name} runs as ${node.id}`,
    ...(node.movedFromPort === null ? [] : [`Port ${node.movedFromPort} was taken, so it uses ${node.port}.`]),
    `Others join it at  ${others}`,
    link.ok
      ? `Open its page at   ${link.value.url}  (this link works once, for a minute)`
      : `Its page cannot be opened: ${link.error.message}`,
    'Ctrl+C stops it.',
  ].join('\n')
}
