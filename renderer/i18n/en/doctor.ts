export const doctor = {
  title: 'Do others reach this node?',
  looking: 'Looking at port, firewall, discovery and clock, and asking peers to connect back…',
  noProblem: 'No problem was found.',
  problems_one: '{{count}} problem was found.',
  problems_other: '{{count}} problems were found.',
  again: 'Look again',
  copyCommand: 'Copy the command',
  state: { ok: 'Fine', info: 'Good to know', warning: 'May matter', problem: 'Problem', unknown: 'Could not be found out' },
} as const
