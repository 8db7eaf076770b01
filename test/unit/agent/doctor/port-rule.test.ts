import { expect, it } from 'vitest'
import { namesPort } from '../../../../electron/agent/doctor/port-rule.ts'

it('takes a port, a range and a protocol as firewalls write them, and nothing else', () => {
  expect(['3000', '3000/tcp', '2990:3010/tcp', ' 3000-3019 '].map((rule) => namesPort(rule, 3000, 'tcp'))).not.toContain(false)
  expect(['3000/udp', '3001', '30000', '2000:2999', 'ssh', '', '3000/sctp'].map((rule) => namesPort(rule, 3000, 'tcp'))).not.toContain(true)
})
