import { Command } from 'commander'
import { addAiCommands } from './commands/ai/ai.ts'
import { addAuditCommands } from './commands/audit.ts'
import { addAutostartCommand } from './commands/autostart.ts'
import { addCapabilityCommand } from './commands/capability.ts'
import { addDiagnosticsCommand } from './commands/diagnostics.ts'
import { addDiscoverCommand } from './commands/discover.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addGrantCommands } from './commands/grant.ts'
import { addHubCommands } from './commands/hub.ts'
import { addIdentityCommands } from './commands/identity.ts'
import { addInviteCommands } from './commands/invite.ts'
import { addJoinCommand } from './commands/join.ts'
import { addJoinsCommands } from './commands/joins.ts'
import { addKeyCommands } from './commands/key.ts'
import { addMemberCommands } from './commands/member.ts'
import { addMeshCommands } from './commands/mesh.ts'
import { addModelsCommand } from './commands/models.ts'
import { addNodeCommands } from './commands/node.ts'
import { addOpenApiCommand } from './commands/openapi.ts'
import { addPauseCommands } from './commands/pause.ts'
import { addPeerCommands } from './commands/peer.ts'
import { addPolicyCommands } from './commands/policy.ts'
import { addRequestCommands } from './commands/request.ts'
import { addRoutesCommand } from './commands/routes.ts'
import { addServiceCommands } from './commands/service.ts'
import { addSettingsCommands } from './commands/settings.ts'
import { addSyncCommands } from './commands/sync.ts'
import { addWhyCommand } from './commands/why.ts'
import type { OpenSession } from './session.ts'

interface ProgramOptions {
  version: string
  /** Help and version go here. */
  write(text: string): void
  /** Called by a command whose success has an exit code of its own. */
  exit(code: number): void
}

/** The command line. Parsing throws CommanderError when it is not right, and nothing ends the process. */
export function createProgram(open: OpenSession, { version, write, exit }: ProgramOptions): Command {
  const program = new Command('fcn')
  program
    .description('Talks to the Free Compute Node that runs on this computer.')
    .version(version)
    .option('--data <dir>', 'data folder of the node')
    .option('--json', 'exactly one JSON document on stdout')
    .exitOverride()
    .configureOutput({ writeOut: write, writeErr: write, outputError: () => {} })
    .configureHelp({ showGlobalOptions: true })
    .addHelpText('after', '\nExamples:\n  fcn start\n  fcn create Home\n  fcn invite\n  fcn join http://192.168.1.20:3000\n  fcn peers')

  program.commandsGroup('This node:')
  addNodeCommands(program, open, exit)
  addDoctorCommand(program, open, exit)
  addDiagnosticsCommand(program, open)
  addAuditCommands(program, open, exit)
  addRoutesCommand(program, open)
  addSettingsCommands(program, open)
  addAutostartCommand(program, open)
  addKeyCommands(program, open)
  addIdentityCommands(program, open)
  addOpenApiCommand(program, open)
  program.commandsGroup('Meshes:')
  addMeshCommands(program, open)
  addSyncCommands(program, open, exit)
  addDiscoverCommand(program, open)
  addJoinCommand(program, open)
  addJoinsCommands(program, open)
  program.commandsGroup('Letting others in:')
  addInviteCommands(program, open)
  addRequestCommands(program, open)
  program.commandsGroup('Peers:')
  addPeerCommands(program, open)
  addMemberCommands(program, open)
  addHubCommands(program, open)
  program.commandsGroup('What is shared:')
  addPauseCommands(program, open)
  addCapabilityCommand(program, open)
  addServiceCommands(program, open)
  addGrantCommands(program, open)
  addPolicyCommands(program, open)
  addWhyCommand(program, open)
  program.commandsGroup('Language models:')
  addModelsCommand(program, open)
  addAiCommands(program, open)
  program.commandsGroup('More:').helpCommand('help [command]', 'what a command does')
  return program
}
