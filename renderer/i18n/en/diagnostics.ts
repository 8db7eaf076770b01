/** The page that shows what would be handed to whoever helps. The text of the file itself is always English. */
export const diagnostics = {
  title: 'Diagnostics',
  /** Under the title. */
  promise:
    'Names are replaced, addresses masked, and there are no keys, tokens or contents. Nothing is sent: read it, save it, hand it on yourself.',
  collecting: 'Collecting…',
  collectingHelp: 'Looks at the network and asks peers to connect back. It takes a few seconds.',
  failed: 'They could not be collected',
  again: 'Collect again',
  save: 'Save as a file',
  copy: 'Copy all',
  search: 'Search in it',
  sections: 'Sections',
  /** How many lines of the file have the text that was typed. */
  found_one: '{{count}} line',
  found_other: '{{count}} lines',
  nothingFound: 'No line has “{{text}}”.',
  lines_one: '{{count}} line',
  lines_other: '{{count}} lines',
  saved: 'Saved as {{name}}',
  whole: 'This is the whole file: {{lines}}, {{size}}.',
  section: {
    program: 'Program and computer',
    settings: 'Settings',
    state: 'State',
    health: 'Warnings',
    network: 'Network',
    peers: 'Peers',
    findings: 'Findings',
    log: 'Log',
  },
} as const
