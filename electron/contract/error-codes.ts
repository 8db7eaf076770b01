/**
 * The one error table. Every failure that leaves a part of this program (local API, IPC, peer API, Router API, CLI)
 * carries one of these codes. `status` is the HTTP status, `exit` the exit code of a command (sysexits.h), `title` what
 * happened in a few words; the message of a single error says which, why and what to do.
 */
export const errorTable = {
  // what the caller sent
  invalid_input: { status: 400, exit: 65, title: 'The input is not valid' },
  unauthorized: { status: 401, exit: 77, title: 'The key is missing or wrong' },
  forbidden: { status: 403, exit: 77, title: 'Not allowed' },
  not_found: { status: 404, exit: 66, title: 'Not found' },
  method_not_allowed: { status: 405, exit: 64, title: 'Method not allowed' },
  conflict: { status: 409, exit: 65, title: 'It is there already' },
  ambiguous: { status: 409, exit: 65, title: 'More than one fits' },
  too_large: { status: 413, exit: 65, title: 'Too large' },
  too_many: { status: 429, exit: 75, title: 'Too many' },
  usage: { status: 400, exit: 64, title: 'The command is not right' },
  // joining
  own_address: { status: 409, exit: 65, title: 'That address is this node' },
  not_a_node: { status: 502, exit: 76, title: 'Not a Free Compute Node' },
  no_mesh: { status: 409, exit: 65, title: 'No mesh to join there' },
  not_admin: { status: 403, exit: 77, title: 'Only an admin can do this' },
  already_member: { status: 409, exit: 65, title: 'Already a member' },
  not_member: { status: 403, exit: 77, title: 'Not a member' },
  removed: { status: 403, exit: 77, title: 'Removed from the mesh' },
  blocked: { status: 403, exit: 77, title: 'Blocked there' },
  last_admin: { status: 409, exit: 65, title: 'The mesh would be left without an admin' },
  code_mismatch: { status: 409, exit: 77, title: 'The codes differ' },
  invite_unknown: { status: 404, exit: 66, title: 'There is no such invite' },
  invite_used: { status: 410, exit: 65, title: 'The invite is used up' },
  invite_expired: { status: 410, exit: 65, title: 'The invite ran out' },
  invite_revoked: { status: 410, exit: 65, title: 'The invite was taken back' },
  invite_wrong_mesh: { status: 409, exit: 65, title: 'The invite is for another mesh' },
  rejected: { status: 403, exit: 77, title: 'The request was declined' },
  expired: { status: 410, exit: 65, title: 'The request ran out' },
  key_mismatch: { status: 502, exit: 77, title: 'Another key answers at this address' },
  encrypted_only: { status: 403, exit: 77, title: 'Only encrypted connections are taken' },
  untrusted: { status: 403, exit: 77, title: 'The signature does not hold' },
  protocol_mismatch: { status: 426, exit: 76, title: 'The two versions do not understand each other' },
  // reaching others
  unreachable: { status: 502, exit: 69, title: 'Nothing answers there' },
  timeout: { status: 504, exit: 75, title: 'No answer in time' },
  bad_answer: { status: 502, exit: 76, title: 'The answer makes no sense' },
  refused_address: { status: 400, exit: 77, title: 'This address is not allowed' },
  no_peer: { status: 503, exit: 69, title: 'No peer can serve this' },
  backend_failed: { status: 502, exit: 69, title: 'The program behind it does not answer' },
  not_granted: { status: 403, exit: 77, title: 'Not shared with this node' },
  paused: { status: 503, exit: 75, title: 'Sharing is paused there' },
  capability_off: { status: 404, exit: 69, title: 'The capability is off' },
  loop: { status: 508, exit: 70, title: 'The request came back to this node' },
  // this node
  not_running: { status: 503, exit: 69, title: 'The node is not running' },
  already_running: { status: 409, exit: 69, title: 'The node is running already' },
  port_in_use: { status: 409, exit: 69, title: 'The port is taken' },
  unreadable_settings: { status: 500, exit: 78, title: 'The settings cannot be read' },
  unreadable_database: { status: 500, exit: 78, title: 'The database cannot be read' },
  unreadable_key: { status: 500, exit: 78, title: 'The key cannot be read' },
  key_protected: { status: 500, exit: 78, title: 'The key is protected by the desktop app' },
  wrong_passphrase: { status: 403, exit: 77, title: 'The passphrase is wrong' },
  disk_full: { status: 507, exit: 74, title: 'The disk is full' },
  busy: { status: 503, exit: 75, title: 'Busy' },
  internal: { status: 500, exit: 70, title: 'Something went wrong inside' },
} as const

export type ErrorCode = keyof typeof errorTable
