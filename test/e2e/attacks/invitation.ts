import { parseInvite } from '../../../electron/agent/membership/invite-text.ts'
import type { CallInput, CallOutput } from '../../../electron/contract/calls.ts'
import type { NodeProcess } from '../node-process.ts'

export interface Invitation {
  id: string
  text: string
  /** Base64url, as it is sent. */
  secret: string
}

export async function invite(node: NodeProcess, wishes: CallInput<'invite.create'> = {}): Promise<Invitation> {
  const { status, body } = await node.call('invite.create', wishes)
  if (status !== 200) throw new Error(`invite.create: ${JSON.stringify(body)}`)
  const { invite: made, text } = body.value as CallOutput<'invite.create'>
  return { id: made.id, text, secret: Buffer.from(parseInvite(text).secret).toString('base64url') }
}
