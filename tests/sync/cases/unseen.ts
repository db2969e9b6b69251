/**
 * Acts of which a client's conversations, messages, read positions and threads show nothing, and why. A whole room (the
 * part of the name before the dot), or a single act.
 */
const UNSEEN: Record<string, string> = {
  account: 'who somebody is, not what they said; but accepting an invitation joins channels, and has a case',
  session: 'ends sockets; what is held stays as it was',
  device: 'where notifications go',
  identity: 'who somebody is; whom it lets in joins channels just as account.acceptInvitation does',
  token: 'what programs may do',
  bot: 'a bot is a person like any other once it posts',
  exports: 'files for administrators',
  audit: 'written beside the acts',
  settings: 'read by the server',
  notifications: 'what reaches a person outside of a client',
  upkeep: 'room for what is to come',
  organisation: 'there is no client before the set-up, and its name is asked for by the pages',
  people: 'names and roles are asked for apart from conversations; who is shut out loses the socket',
  'files.begin': 'a file is seen when its message is sent',
  'files.complete': 'a file is seen when its message is sent',
  'files.discard': 'a file is seen when its message is sent',
  'files.keepUpload': 'a file is seen when its message is sent',
  'files.process': 'files.keepPreview tells what it finds',
  'files.removeAbandoned': 'what was never sent',
  'message.index': 'the search index',
  overview: 'figures for administrators',
  'webhook.revoke': 'where programs may post; what they post is a message like any other',
  'webhook.rotate': 'where programs may post',
  'retention.begin': 'what it removes is told by retention.purge',
  'retention.cancelRun': 'a plan',
  'retention.plan': 'a plan',
  'retention.setPolicy': 'a plan',
  'retention.startRun': 'a plan',
}

export const unseen = (act: string): string | undefined => UNSEEN[act] ?? UNSEEN[act.split('.')[0]!]
