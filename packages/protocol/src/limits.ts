/** Bounds that both ends must know. Lengths in UTF-16 code units, sizes in bytes. */
export const LIMITS = {
  messageText: 20_000,
  filesPerMessage: 10,
  groupMembers: 50,
  reactionsPerMessage: 50,
  conversationName: 80,
  conversationTopic: 250,
  personName: 80,
  frameBytes: 262_144,
  /** Conversations named in one sync frame; a client with more asks in several. */
  syncConversations: 2_000,
  /** Changed messages per `synced` frame. */
  syncBatch: 500,
  /** A conversation with more changes than this is answered with `reset`: the client drops its copy. */
  syncDepth: 20_000,
  historyPage: 200,
  mentionSeqs: 100,
  /** Nodes that a client tells how far they are. */
  latencies: 16,
  latencyMs: 60_000,
  statusText: 100,
  /** Whom one connection may look at, at once: their presence is told as it changes. */
  lookPeople: 500,
  /** Conversations of which it is told how many are online. */
  lookConversations: 8,
} as const
