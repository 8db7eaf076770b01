/**
 * Which firewall probably keeps others out, by what its own tools print, and the command that lets them in. Pure: the
 * facts are gathered in firewall-facts.ts. Windows rules are for the private profile only: a café is no home.
 */
import type { Finding } from '../../contract/discovery.ts'
import { namesPort } from './port-rule.ts'

/** What the tools printed; null where there is no such tool or it may not be used. */
export interface FirewallFacts {
  platform: NodeJS.Platform
  /** `/etc/ufw/ufw.conf`, readable for everybody, and `ufw status`, for root only. */
  ufwConf: string | null
  ufwStatus: string | null
  /** `firewall-cmd --state` and `--list-all`. */
  firewalldState: string | null
  firewalldList: string | null
  /** `nft list ruleset`, for root only. */
  nftRules: string | null
  /** `netsh advfirewall show currentprofile` and `… firewall show rule name="Free Compute Node"`. */
  windowsProfile: string | null
  windowsRule: string | null
  /** `socketfilterfw --getglobalstate` and `--getblockall`. */
  macState: string | null
  macBlockAll: string | null
  /** The program that listens. */
  program: string
}

const mdnsPort = 5353

type Judgement = Pick<Finding, 'state' | 'title' | 'text' | 'action' | 'command'>

export function judgeFirewall(facts: FirewallFacts, port: number): Finding {
  const judgement =
    facts.platform === 'win32'
      ? windows(facts, port)
      : facts.platform === 'darwin'
        ? mac(facts)
        : (ufw(facts, port) ?? firewalld(facts, port) ?? nftables(facts, port) ?? none(facts))
  return { id: 'firewall', ...judgement }
}

const blocking = (name: string, port: number, command: string): Judgement => ({
  state: 'problem',
  title: `${name} probably blocks this node`,
  text: `${name} is on and has no rule for port ${port}. This node can reach others, but they cannot reach it, and may not see it.`,
  action: 'Run this command, then look again.',
  command,
})

const open = (name: string, port: number): Judgement => ({
  state: 'ok',
  title: `${name} lets others in`,
  text: `${name} is on and has a rule for port ${port}.`,
  action: null,
  command: null,
})

const unsure = (name: string, port: number, command: string): Judgement => ({
  state: 'warning',
  title: `${name} is on`,
  text: `Only an administrator can see its rules. If it has none for port ${port}, others cannot reach this node.`,
  action: 'Run this command if others cannot reach this node.',
  command,
})

function ufw({ ufwConf, ufwStatus }: FirewallFacts, port: number): Judgement | null {
  const command = `sudo ufw allow ${port}/tcp && sudo ufw allow ${mdnsPort}/udp`
  if (ufwStatus !== null && /^Status: active/mu.test(ufwStatus)) {
    const allowed = ufwStatus
      .split('\n')
      .filter((line) => /\bALLOW\b/u.test(line))
      .some((line) => namesPort(line.split(/\s/u)[0] ?? '', port, 'tcp'))
    return allowed ? open('The firewall ufw', port) : blocking('The firewall ufw', port, command)
  }
  if (ufwStatus !== null || ufwConf === null || !/^ENABLED=yes/imu.test(ufwConf)) return null
  return unsure('The firewall ufw', port, command)
}

function firewalld({ firewalldState, firewalldList }: FirewallFacts, port: number): Judgement | null {
  if (firewalldState?.trim() !== 'running') return null
  const command = `sudo firewall-cmd --permanent --add-port=${port}/tcp --add-service=mdns && sudo firewall-cmd --reload`
  if (firewalldList === null) return unsure('The firewall firewalld', port, command)
  const ports = /^\s*ports:(.*)$/mu.exec(firewalldList)?.[1]?.trim().split(/\s+/u) ?? []
  const acceptsAll = /^\s*target: ACCEPT/mu.test(firewalldList)
  const allowed = acceptsAll || ports.some((rule) => namesPort(rule, port, 'tcp'))
  return allowed ? open('The firewall firewalld', port) : blocking('The firewall firewalld', port, command)
}

/** A chain for what comes in that drops what no rule accepts. */
function nftables({ nftRules }: FirewallFacts, port: number): Judgement | null {
  let table = ''
  let chain = ''
  for (const line of nftRules?.split('\n') ?? []) {
    table = /^table (\S+ \S+) \{/u.exec(line)?.[1] ?? table
    chain = /^\s+chain (\S+) \{/u.exec(line)?.[1] ?? chain
    if (!/hook input .*policy drop/u.test(line)) continue
    const rules = (nftRules ?? '').slice((nftRules ?? '').indexOf(line)).split(/^\t?\}/mu)[0] ?? ''
    const rule = `sudo nft insert rule ${table} ${chain}`
    if (acceptsTcp(rules, port)) return open('nftables', port)
    return blocking('nftables', port, `${rule} tcp dport ${port} accept && ${rule} udp dport ${mdnsPort} accept`)
  }
  return null
}

function acceptsTcp(rules: string, port: number): boolean {
  const ports = [...rules.matchAll(/tcp dport (?:\{([^}]*)\}|(\S+))[^\n]*\baccept\b/gu)].flatMap(([, set, one]) =>
    (set ?? one ?? '').split(','),
  )
  return ports.some((rule) => namesPort(rule, port, 'tcp'))
}

function windows({ windowsProfile, windowsRule }: FirewallFacts, port: number): Judgement {
  const name = 'Windows Firewall'
  if (windowsProfile === null) return unknown
  if (!/\bON\b/u.test(windowsProfile)) return off(name)
  if (windowsRule !== null && letsIn(windowsRule, port)) return open(name, port)
  const rule = 'netsh advfirewall firewall add rule name="Free Compute Node" dir=in action=allow profile=private protocol='
  return blocking(name, port, `${rule}TCP localport=${port} & ${rule}UDP localport=${mdnsPort}`)
}

/** A rule for certain ports names them; the installer's is for the program, on whatever port, and names none. */
const letsIn = (rule: string, port: number) =>
  rule.includes(String(port)) || (/:\s*Free Compute Node\s*$/mu.test(rule) && !/:\s*\d[\d,-]*\s*$/mu.test(rule))

function mac({ macState, macBlockAll, program }: FirewallFacts): Judgement {
  const name = 'The macOS firewall'
  if (macState === null) return unknown
  if (!/enabled|State = [12]/iu.test(macState)) return off(name)
  const tool = 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw'
  const allow = `${tool} --add "${program}" --unblockapp "${program}"`
  const blocksAll = macBlockAll !== null && /block all.*(?:enabled|on)\b|DISABLED: NO/iu.test(macBlockAll)
  return {
    state: blocksAll ? 'problem' : 'warning',
    title: blocksAll ? `${name} blocks every incoming connection` : `${name} is on`,
    text: 'macOS asks once whether a program may take connections. If the answer was no, others cannot reach this node.',
    action: 'Allow it in System Settings, Network, Firewall, or run this command.',
    command: blocksAll ? `${tool} --setblockall off && ${allow}` : allow,
  }
}

const off = (name: string): Judgement => ({
  state: 'ok',
  title: `${name} is off`,
  text: 'It keeps nobody from this node.',
  action: null,
  command: null,
})

const unknown: Judgement = {
  state: 'unknown',
  title: 'The firewall could not be looked at',
  text: 'Its tools gave no answer. A firewall would keep others from reaching this node.',
  action: 'Look whether one is on, and allow this program in it.',
  command: null,
}

function none({ nftRules, ufwConf, ufwStatus, firewalldState }: FirewallFacts): Judgement {
  if (nftRules === null && ufwConf === null && ufwStatus === null && firewalldState === null)
    return {
      state: 'unknown',
      title: 'No firewall was found',
      text: 'Neither ufw nor firewalld is there; rules of nftables can be seen by an administrator only.',
      action: 'If others cannot reach this node, run the command to see whether an input chain drops what it does not know.',
      command: 'sudo nft list ruleset',
    }
  return {
    state: 'ok',
    title: 'No firewall blocks this node',
    text: 'No firewall on this computer drops what comes in. Routers between networks may still.',
    action: null,
    command: null,
  }
}
