/**
 * Health warnings by their code, for languages other than English: what is wrong, what it means, what to do. English
 * shows the node’s own words, which say the same and name what it is about.
 */
export const health = {
  no_network: {
    title: 'No network',
    text: 'Nothing is lost; sharing goes on when it is back.',
    action: 'Plug in the cable or join a Wi-Fi network.',
  },
  captive_portal: {
    title: 'This network wants you to sign in',
    text: 'It answers in place of your peers, so none of them is reached.',
    action: 'Open any web page in a browser and sign in there. The node goes on by itself.',
  },
  peers_unreachable: {
    title: 'No peer is reached',
    text: 'All are off, or something keeps them away. It is tried again by itself.',
    action: 'See what “Do others reach this node?” finds.',
  },
  port_mapping_fails: {
    title: 'The router does not let the internet reach this computer',
    text: 'The mesh at home goes on; it is tried again by itself.',
    action: 'The reason is in Settings, Network.',
  },
  discovery_fails: {
    title: 'Nodes are not found by themselves on a part of the network',
    text: 'Members that are known are still reached. It is tried again by itself.',
    action: 'See what “Do others reach this node?” finds, or join by URL.',
  },
  port_moved: {
    title: 'The port is taken',
    text: 'Another program uses it, so this node moved to another one. Members find it by themselves.',
    action: 'People who join by URL need the new port. Choose one in Settings to keep it.',
  },
  audit_failed: {
    title: 'The audit log cannot be written',
    text: 'What happens on this node is not recorded.',
    action: 'Check the free space and the permissions of the data folder.',
  },
  identity_renewal: {
    title: 'This node becomes a new one at its next start',
    text: 'It will have a new id and be in no mesh. Its old keys are kept aside in the data folder.',
    action: 'Restart the node now, then join your meshes again.',
  },
  removed_from: {
    title: 'This computer was removed from a mesh',
    text: 'It shares nothing with that mesh any more.',
    action: 'If this is a mistake, ask an admin there to let it in again, then join as the first time.',
  },
  single_admin: {
    title: 'This computer is the only admin of a mesh',
    text: 'If it is lost, nobody can let in or remove members any more.',
    action: 'Make another member an admin, or save the recovery key.',
  },
  cloned: {
    title: 'A peer runs on two machines',
    text: 'Two machines use its key at the same time: one is a copy of the other, by a restored backup or a cloned disk, or the key was stolen.',
    action: 'Ask its owner to make a new identity on one of the two. If nobody there made a copy, remove the node from the mesh.',
  },
  cloned_here: {
    title: 'Another machine uses the identity of this node',
    text: 'One is a copy of the other, by a restored backup or a cloned disk. Both are unreliable as long as both run.',
    action: 'Make a new identity on the copy, or switch it off.',
  },
  requests_dropped: {
    title: 'A request to join was dropped',
    text: 'Too many nodes ask to be let in.',
    action: 'Decide about those that wait. That node can ask again.',
  },
  codes_differed: {
    title: 'The codes differed',
    text: 'Somebody may be in between: the two screens did not show the same code. Nobody was let in.',
    action: 'Try again on a network you trust.',
  },
  keys_not_settled: {
    title: 'A key could not be protected or released',
    text: 'Nothing was lost.',
    action: 'Unlock the key store of this system and change the setting once more, or restart the app.',
  },
  keys_in_files: {
    title: 'Keys are kept in files only',
    text: 'This system offers no key store to rely on, so the private keys are in files that only you can read.',
    action: 'Encrypt the disk, or install a key store (GNOME Keyring, KWallet) and restart the app.',
  },
  no_tray: {
    title: 'This desktop shows no tray icons',
    text: 'Everything works without the icon: starting the program again opens its window.',
    action: 'GNOME needs the extension “AppIndicator and KStatusNotifierItem Support”; other desktops need a panel with a tray.',
  },
  data_exposed: {
    title: 'Other users of this computer can get at the data of this node',
    text: 'They can read or replace it.',
    action: 'Close the data folder to others (chmod 700), then restart the node.',
  },
  legacy_open: {
    title: 'A legacy peer is open to anyone',
    text: 'The well-known key that every such node comes with opens it.',
    action: 'Set another ROUTER_AUTH_KEY there, then join it again with that key.',
  },
  sync_failing: {
    title: 'Syncing with a hub does not work',
    text: 'It is tried again by itself.',
    action: 'The reason is in Settings, under hubs.',
  },
  /** A program behind a capability. */
  capability: {
    title: 'A capability does not work',
    text: 'The program behind it does not answer as it should.',
    action: 'Look at it in Capabilities.',
  },
  /** A part of the node itself. */
  part: {
    title: 'A part of the node is being restarted',
    text: 'It stopped unexpectedly. It is tried again by itself.',
    action: 'If it stays so, the log of the node says more.',
  },
} as const
