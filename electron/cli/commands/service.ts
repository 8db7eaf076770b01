import type { Command } from 'commander'
import { resolveReference } from '../../agent/commands/reference.ts'
import type { ServiceView } from '../../contract/snapshot.ts'
import { portOrUrl } from '../argument.ts'
import { addLimitOptions, type LimitOptions, limitsFrom, limitsText } from '../limit-options.ts'
import type { OpenSession } from '../session.ts'
import { table } from '../table.ts'

export function addServiceCommands(program: Command, open: OpenSession): void {
  program
    .command('services')
    .summary('services this node shares')
    .description('Lists the services that this node shares with its meshes.')
    .action(async () => {
      const { client, output } = open()
      const services = await client.call('service.list', {})
      const rows = services.map(({ id, name, url, status, problem }) => [id, name, url, problem?.message ?? status])
      output.result(services, table(['id', 'name', 'url', 'status'], rows) || 'Nothing is shared yet: fcn share <name> <port>')
    })

  program
    .command('share')
    .argument('<name>', 'name of the service')
    .argument('<port|url>', 'where it runs on this computer', portOrUrl)
    .option('--id <id>', 'short id for URLs; made from the name when absent')
    .summary('share a service')
    .description('Shares a service that runs here with the meshes of this node.')
    .addHelpText('after', '\nExamples:\n  fcn share Wiki 8080\n  fcn share Photos http://127.0.0.1:2342 --id photos')
    .action(async (name: string, where: { port: number } | { url: string }, options: { id?: string }) => {
      const { client, output } = open()
      const service = await client.call('service.share', { name, ...where, ...options })
      const here = encodeURIComponent((await client.call('node.get', {})).name)
      const usage = `Peers reach it through their own node: http://127.0.0.1:<their port>/services/any/${here}/${service.id}/`
      output.result(service, `${service.name} is shared as ${service.id}.\n${usage}`)
    })

  const service = program.command('service').argument('<service>', 'id or name of the service')
  addLimitOptions(service)
    .summary('what peers may take of a service')
    .description('Shows what peers may take of a service that this node shares, or changes it.')
    .addHelpText('after', '\nExamples:\n  fcn service wiki\n  fcn service wiki --concurrent 8 --per-peer 4 --queue 16 --bandwidth 5MB')
    .action(async (reference: string, options: LimitOptions) => {
      const { client, output } = open()
      const limits = limitsFrom(options)
      const view = limits === undefined ? await shared(reference) : await client.call('service.limit', { service: reference, limits })
      output.result(view, limitsText(view.limits))

      async function shared(wanted: string): Promise<ServiceView> {
        const named = ({ id, name }: ServiceView) => ({ ids: [id], name })
        return resolveReference(await client.call('service.list', {}), wanted, { noun: 'service', named })
      }
    })

  program
    .command('unshare')
    .argument('<service>', 'id or name of the service')
    .summary('stop sharing a service')
    .description('Stops sharing a service.')
    .addHelpText('after', '\nExample:\n  fcn unshare wiki')
    .action(async (service: string) => {
      const { client, output } = open()
      const gone = await client.call('service.unshare', { service })
      output.result(gone, `${gone.name} is shared no more.`)
    })
}
