export const identity = {
  title: 'Make a new identity?',
  help: 'This computer starts as a new node with a new key. Do this on one of two computers that came from the same copy or backup, never on both.',
  consequence: 'It leaves all its meshes',
  consequenceHelp:
    'Their members see a node they do not know; somebody has to let it in again. The old key is kept aside in the data folder. Settings, capabilities and services stay.',
  /** `start` is the first group of the node id, e.g. K7QDM3X. */
  type: 'Type {{start}}, the beginning of the node id that ends',
  verb: 'Make a new identity',
  doneDesktop: 'The new identity is used from the next start. Quit Free Compute Node from the tray and open it again.',
  doneHeadless: 'The new identity is used from the next start. Stop the node and start it again.',
} as const
