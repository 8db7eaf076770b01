import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FirewallFacts, judgeFirewall } from '../../../../electron/agent/doctor/firewall.ts'

const facts = (more: Partial<FirewallFacts> = {}): FirewallFacts => ({
  ...{ platform: 'linux', ufwConf: null, ufwStatus: null, firewalldState: null, firewalldList: null, nftRules: null },
  ...{ windowsProfile: null, windowsRule: null, macState: null, macBlockAll: null, program: '/usr/bin/node' },
  ...more,
})
const judged = (more: Partial<FirewallFacts>, port = 3000) => judgeFirewall(facts(more), port)

const ufw = (rules: string) =>
  `Status: active\n\nTo                         Action      From\n--                         ------      ----\n${rules}\n`
const nft = (rules: string) =>
  `table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy drop;\n${rules}\n\t}\n\n\tchain forward {\n\t\ttcp dport 3000 accept\n\t}\n}\n`

describe('ufw', () => {
  it('blocks without a rule, with the command that allows', () => {
    expect(judged({ ufwStatus: ufw('22/tcp                     ALLOW       Anywhere') })).toMatchObject({
      state: 'problem',
      command: 'sudo ufw allow 3000/tcp && sudo ufw allow 5353/udp',
    })
  })

  it('lets in with a rule for the port, a range around it, or both protocols', () => {
    for (const rule of ['3000/tcp  ALLOW  Anywhere', '3000:3019/tcp  ALLOW IN  Anywhere', '3000  ALLOW  192.168.1.0/24'])
      expect(judged({ ufwStatus: ufw(rule) }).state, rule).toBe('ok')
    for (const rule of ['3000/udp  ALLOW  Anywhere', '3000/tcp  DENY  Anywhere', '30000/tcp  ALLOW  Anywhere'])
      expect(judged({ ufwStatus: ufw(rule) }).state, rule).toBe('problem')
  })

  it('is told to be on also to who may not see its rules', () => {
    expect(judged({ ufwConf: 'ENABLED=yes\nLOGLEVEL=low\n' })).toMatchObject({ state: 'warning', title: 'The firewall ufw is on' })
    expect(judged({ ufwConf: 'ENABLED=no\n' }).state).toBe('ok')
  })
})

describe('firewalld', () => {
  const list = (ports: string) =>
    `public (active)\n  target: default\n  interfaces: eth0\n  services: ssh\n  ports: ${ports}\n  protocols:\n`

  it('blocks without a rule and lets in with one', () => {
    expect(judged({ firewalldState: 'running\n', firewalldList: list('') })).toMatchObject({
      state: 'problem',
      command: 'sudo firewall-cmd --permanent --add-port=3000/tcp --add-service=mdns && sudo firewall-cmd --reload',
    })
    expect(judged({ firewalldState: 'running\n', firewalldList: list('80/tcp 3000-3019/tcp') }).state).toBe('ok')
    expect(judged({ firewalldState: 'not running\n', firewalldList: null, nftRules: '' }).state).toBe('ok')
  })
})

describe('nftables', () => {
  it('blocks when the input chain drops what it does not know; the command names that chain', () => {
    expect(judged({ nftRules: nft('\t\ttcp dport 22 accept') })).toMatchObject({
      state: 'problem',
      command:
        'sudo nft insert rule inet filter input tcp dport 3000 accept && sudo nft insert rule inet filter input udp dport 5353 accept',
    })
  })

  it('lets in with a rule of that chain, alone or in a set, and without a chain that drops', () => {
    expect(judged({ nftRules: nft('\t\ttcp dport 3000 accept') }).state).toBe('ok')
    expect(judged({ nftRules: nft('\t\ttcp dport { 22, 3000-3019 } ct state new accept') }).state).toBe('ok')
    expect(judged({ nftRules: 'table ip nat {\n}\n' }).state).toBe('ok')
  })
})

describe('Windows', () => {
  const on = 'Private Profile Settings:\nState                                 ON\n'

  it('gets rules for the private profile only', () => {
    const { state, command } = judged({ platform: 'win32', windowsProfile: on })
    expect(state).toBe('problem')
    expect(command).toContain('profile=private protocol=TCP localport=3000')
    expect(command).toContain('protocol=UDP localport=5353')
  })

  it('lets in with the rule of the installer, which is for the program and names no port', () => {
    const rule = (ports: string) =>
      `\nRule Name:      Free Compute Node\nProfiles:       Private\nProtocol:       ${ports}\nAction:         Allow\n`
    expect(judged({ platform: 'win32', windowsProfile: on, windowsRule: rule('Any') }).state).toBe('ok')
    const other = rule('TCP\nLocalPort:      3005')
    expect(judged({ platform: 'win32', windowsProfile: on, windowsRule: other }).state).toBe('problem')
  })

  it('lets in with our rule, and when it is off', () => {
    expect(judged({ platform: 'win32', windowsProfile: on, windowsRule: 'LocalPort: 3000' }).state).toBe('ok')
    expect(judged({ platform: 'win32', windowsProfile: 'State    OFF\n' }).state).toBe('ok')
    expect(judged({ platform: 'win32' }).state).toBe('unknown')
  })
})

describe('macOS', () => {
  it('is told when it is on, and when it blocks everything', () => {
    const state = 'Firewall is enabled. (State = 1)\n'
    expect(judged({ platform: 'darwin', macState: state })).toMatchObject({
      state: 'warning',
      command: 'sudo /usr/libexec/ApplicationFirewall/socketfilterfw --add "/usr/bin/node" --unblockapp "/usr/bin/node"',
    })
    expect(judged({ platform: 'darwin', macState: state, macBlockAll: 'Firewall has block all state set to enabled.' }).state).toBe(
      'problem',
    )
    expect(judged({ platform: 'darwin', macState: 'Firewall is disabled. (State = 0)\n' }).state).toBe('ok')
  })
})

describe('any firewall', () => {
  it('has a finding that says what to do unless all is well, whatever its tools print', () => {
    const text = fc.option(fc.oneof(fc.string(), fc.constant('running'), fc.constant(ufw('')), fc.constant(nft(''))), { nil: null })
    const any = fc.record({
      platform: fc.constantFrom<NodeJS.Platform>('linux', 'darwin', 'win32', 'freebsd'),
      ...{ ufwConf: text, ufwStatus: text, firewalldState: text, firewalldList: text, nftRules: text },
      ...{ windowsProfile: text, windowsRule: text, macState: text, macBlockAll: text, program: fc.string() },
    })
    fc.assert(
      fc.property(any, fc.integer({ min: 1, max: 65_535 }), (given, port) => {
        const { state, title, text: why, action } = judgeFirewall(given, port)
        expect(title.length * why.length).toBeGreaterThan(0)
        expect(state === 'ok' || action !== null).toBe(true)
      }),
    )
  })
})
