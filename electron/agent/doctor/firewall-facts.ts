import { readFile } from 'node:fs/promises'
import { toolOutput as output } from '../support/tool-output.ts'
import type { FirewallFacts } from './firewall.ts'

/** Asks the firewalls that this system may have; tools that are absent or refuse are null. Changes nothing. */
export async function firewallFacts(platform: NodeJS.Platform, program: string): Promise<FirewallFacts> {
  const none = {
    ...{ ufwConf: null, ufwStatus: null, firewalldState: null, firewalldList: null, nftRules: null },
    ...{ windowsProfile: null, windowsRule: null, macState: null, macBlockAll: null, platform, program },
  }
  if (platform === 'win32') {
    const [windowsProfile, windowsRule] = await Promise.all([
      output('netsh', ['advfirewall', 'show', 'currentprofile']),
      output('netsh', ['advfirewall', 'firewall', 'show', 'rule', 'name=Free Compute Node']),
    ])
    return { ...none, windowsProfile, windowsRule }
  }
  if (platform === 'darwin') {
    const tool = '/usr/libexec/ApplicationFirewall/socketfilterfw'
    const [macState, macBlockAll] = await Promise.all([output(tool, ['--getglobalstate']), output(tool, ['--getblockall'])])
    return { ...none, macState, macBlockAll }
  }
  const [ufwConf, ufwStatus, firewalldState, firewalldList, nftRules] = await Promise.all([
    readFile('/etc/ufw/ufw.conf', 'utf8').catch(() => null), // no ufw
    output('ufw', ['status']),
    output('firewall-cmd', ['--state']),
    output('firewall-cmd', ['--list-all']),
    output('nft', ['list', 'ruleset']),
  ])
  return { ...none, ufwConf, ufwStatus, firewalldState, firewalldList, nftRules }
}
