/** What the scanner finds and what is so on purpose, each with the reason. A finding that is gone has to go from here, too. */
export const accepted = [
  {
    check: 'CSP_GLOBAL_CHECK',
    file: 'N/A',
    reason:
      'the policy is a header of our own scheme (contract/page-policy.ts), which it does not read; lockdown.test.ts shows that Chromium keeps it',
  },
  {
    check: 'OPEN_EXTERNAL_JS_CHECK',
    file: 'electron/main.js',
    reason:
      'lockdown.ts lets two kinds of address come here: services of this node on loopback (service-link.ts), and our download page, by its whole text',
  },
  {
    check: 'AUXCLICK_JS_CHECK',
    file: 'electron/shell/window.js',
    reason: 'a middle click asks for a window, and lockdown.ts denies every one, in whatever window it is asked for',
  },
  {
    check: 'PRELOAD_JS_CHECK',
    file: 'electron/shell/window.js',
    reason:
      'the one preload runs sandboxed and exposes two functions of the contract; each call is checked for its sender (trusted-sender.ts)',
  },
]
