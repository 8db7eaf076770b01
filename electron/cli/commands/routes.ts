import { type Command, Option } from 'commander'
import { FcnError } from '../../agent/errors.ts'
import type { CallInput } from '../../contract/calls.ts'
import { errorTable } from '../../contract/error-codes.ts'
import { routeView, type RouteView } from '../../contract/routing.ts'
import { amountText } from '../amount-text.ts'
import { countUpTo } from '../argument.ts'
import type { OpenSession, Session } from '../session.ts'
import { table } from '../table.ts'
import { printable, printableJson } from '../terminal-text.ts'
import { stamp } from '../time-text.ts'

const shownAtOnce = 50
/** How often the node is asked what is new, ms, and about how many of the newest requests. */
const pollInterval = 1_000
const watched = 200

interface RoutesOptions {
  watch?: true
  failed?: true
  result?: RouteView['result']
  peer?: string
  what?: string
  limit?: number
}

const examples = `
Examples:
  fcn routes
  fcn routes --peer attic --failed
  fcn routes --what ai --watch
  fcn routes --json | jq '.[] | {requestId, ranOn, duration}'
  fcn routes --watch --json    one line for each request that begins, moves on or ends`

export function addRoutesCommand(program: Command, open: OpenSession): void {
  program
    .command('routes')
    .option('--watch', 'go on, and tell of each request that begins, moves on or ends')
    .option('--peer <peer>', 'only with this node on either side, by name or id')
    .option('--what <name>', 'only for this capability or service')
    .option('--failed', 'only those that failed')
    .addOption(new Option('--result <result>', 'only those that ended so, or run').choices(routeView.shape.result.options))
    .option('--limit <count>', `how many; ${shownAtOnce} without it`, countUpTo(1000))
    .summary('requests that were routed, newest first')
    .description(
      'Lists the requests that this node sent to peers or served for them: who asked for what, where it was sent and where it ran, how long it took and how it ended.',
    )
    .addHelpText('after', examples)
    .action(async ({ watch, limit = shownAtOnce, ...options }: RoutesOptions) => {
      const session = open()
      const filter = filterOf(options)
      if (watch) return session.terminal.interruptible((signal) => watchRoutes(session, filter, signal))
      const routes = await session.client.call('route.list', { ...filter, limit })
      session.output.result(routes, table(titles, routes.map(rowOf)) || 'No request like that was routed here yet.')
    })
}

type Filter = Pick<CallInput<'route.list'>, 'peer' | 'what' | 'result'>

function filterOf({ failed, result, peer, what }: Pick<RoutesOptions, 'failed' | 'result' | 'peer' | 'what'>): Filter {
  if (failed && result !== undefined && result !== 'failed')
    throw new FcnError('usage', 'A request that failed has no other result.', { action: 'Leave out --failed or --result.' })
  const wanted = failed ? 'failed' : result
  return { ...(wanted && { result: wanted }), ...(peer !== undefined && { peer }), ...(what !== undefined && { what }) }
}

async function watchRoutes({ client, output, pause }: Session, filter: Filter, signal: AbortSignal): Promise<void> {
  let known: Map<string, string> | null = null
  while (!signal.aborted) {
    const newest = await client.call('route.list', { ...filter, limit: watched })
    // the first look is what was before; of it only what still runs is told
    const news = newest.filter((route) => (known === null ? route.result === 'running' : known.get(route.id) !== stageOf(route)))
    for (const route of news.toReversed()) {
      await output.stream(`${output.json ? printableJson(route) : printable(rowOf(route).join('  '))}\n`)
    }
    known = new Map(newest.map((route) => [route.id, stageOf(route)]))
    await pause(pollInterval)
  }
}

/** What is worth a line of its own. */
const stageOf = ({ sentTo, ranOn, result }: RouteView) => JSON.stringify([sentTo?.id, ranOn?.id, result])

const titles = ['when', 'from', 'what', 'where', 'path', 'status', 'took', 'sent', 'back', 'result']

function rowOf(route: RouteView): string[] {
  const { at, from, method, what, path, status, duration, bytesIn, bytesOut, result } = route
  const took = duration === null ? '' : durationText(duration)
  const sizes = [amountText(bytesIn), amountText(bytesOut)]
  const end = result === 'failed' ? failureText(route) : result
  return [
    stamp(at),
    from?.name ?? 'this computer',
    `${method} ${what}`,
    whereText(route),
    path ?? '-',
    String(status ?? '-'),
    took,
    ...sizes,
    end,
  ]
}

/** Sent to until an answer came, then ran on; and at which try. */
function whereText({ sentTo, ranOn, retries }: RouteView): string {
  if (sentTo === null) return 'nobody was asked'
  const place = ranOn === null ? `sent to ${sentTo.name}` : `ran on ${ranOn.name}`
  return retries === 0 ? place : `${place}, try ${retries + 1}`
}

function failureText({ code }: RouteView): string {
  if (code === null) return 'failed'
  const { title } = errorTable[code]
  return `failed: ${title.charAt(0).toLowerCase()}${title.slice(1)}`
}

const durationText = (ms: number): string =>
  ms < 10 ? `${ms.toFixed(1)} ms` : ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`
