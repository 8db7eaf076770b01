/** Newer versions of the program. `version` is a number like 1.4.0. */
export const updates = {
  title: 'Updates',
  automatic: 'Install newer versions by itself',
  /** How this copy becomes a newer one; help of the setting, and what About says where nothing is looked for. */
  way: {
    itself: 'Looks every few hours. Installs only what its makers have signed, while no peer uses this computer and its window is closed.',
    package: 'Looks every few hours and says so here. The package manager that installed this program installs the newer version.',
    portable: 'Looks every few hours and says so here. Put the newer version in the place of this one.',
    unsigned: 'This copy was built without the key by which newer versions are known, so it does not replace itself.',
    checkout: 'This node runs from its source. To update it, stop it, run “git pull && npm ci”, and start it again.',
  },
  state: {
    never: 'Nothing has been looked for yet.',
    newest: 'This is the newest version.',
    looking: 'Looking for a newer version…',
    available: 'Version {{version}} is there.',
    metered: 'Version {{version}} is there. Your connection is paid by volume, so nothing is downloaded unasked.',
    /** `percent` is written with its sign. */
    downloading: 'Downloading version {{version}}: {{percent}}',
    peers: 'Version {{version}} is ready. It is installed when no peer uses this computer.',
    window: 'Version {{version}} is ready. It is installed once this window is closed and no peer uses this computer.',
    quiet: 'Version {{version}} is ready. It is installed when no peer has used this computer for ten minutes.',
    person: 'Version {{version}} is ready. It is installed when you say so.',
    installing: 'Installing version {{version}}. The node is back in a moment.',
    failed: 'Version {{version}} could not be installed, three times. This version runs on. You find the new one on the download page.',
    silent: 'Nobody answers where newer versions are.',
  },
  /** `ago` is “5 minutes ago”. */
  lookedAt: 'Looked {{ago}}',
  look: 'Look now',
  download: 'Download now',
  install: 'Restart and install',
  page: 'Download page',
} as const
