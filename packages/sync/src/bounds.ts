/** Every bound of the engine. Times in milliseconds. What both ends must know is in the protocol's LIMITS. */
export const BOUNDS = {
  /** Messages that wait to be sent, failed ones included; past it `send` throws `too_many`. */
  outboxMessages: 1_000,
  /** Resends of one message after the server's own fault; then it is shown as failed. */
  outboxRetries: 5,
  outboxRetryFirst: 500,
  outboxRetryMost: 15_000,
  /**
   * Unacknowledged messages in one conversation, unless the host says otherwise. The server keeps the order of a
   * connection; after it put one off, they go one by one, so that what is put off is never overtaken.
   */
  inFlight: 16,
  /** The outbox is read from its storage for at most so long before messages are sent without it. */
  storageWait: 3_000,

  /** Requests without an answer; past it further ones are refused with `too_many`. */
  requests: 256,
  requestWait: 15_000,
  /** A sync answer may fall silent for this long before the connection is given up. */
  syncWait: 30_000,
  /** Before asking again for what an answer did not bring. */
  syncAgain: 500,
  /** Frames kept back while a sync is under way; past it they are dropped and fetched. */
  parkedFrames: 10_000,
  /** Conversations heard of before the membership in them. */
  strangers: 1_000,

  /** From asking for a ticket, and from opening a socket, to an answer. */
  connectWait: 10_000,
  /**
   * Silence after something was asked before a ping asks for a sign of life, and after any ping before the connection
   * counts as dead: at most 10 s together. The second is longer than the 6 s after which a node has lost its lease: one
   * whose event loop stood still for no longer is left by nobody, whenever they pinged it and whatever they had asked
   * before. Those who leave one that hangs do not all do so in the same moment.
   */
  askedWait: 3_000,
  pongWait: 6_500,
  pongSpread: 500,
  /** At most so long after several losses in silence; and when these count for nothing any more. */
  pongMost: 26_000,
  silenceForgotten: 120_000,
  /** A timer that comes so late shows that this end stood still: what came meanwhile is to be read first. */
  overslept: 1_000,
  heartbeatLeast: 1_000,
  backoffFirst: 500,
  backoffMost: 30_000,
  /** A connection that lasted this long was a good one: the next failure starts from the first delay. */
  backoffForgotten: 10_000,
  /** Sent on by full nodes so many times in a row, a client waits before it tries again. */
  redirects: 3,
  /** Addresses that are known; past it the last are forgotten. */
  addresses: 16,
  /** Of nodes that the host may not reach, before it is told that it is too old: those that it may reach may restart. */
  barredWait: 15_000,
  /** A measured latency is of no use any more after this. */
  latencyForgotten: 600_000,
  /** Clients of a node that goes away come back spread over this time. */
  restartSpread: 2_000,
  floodPause: 5_000,

  /** Before a socket that does not open counts as blocked, and the node is polled. */
  socketWait: 4_000,
  /** After so long, whoever polls tries a socket first the next time that it connects. */
  blockedFor: 600_000,
  /** Whoever polls tries a socket on the side: first after so long, at most so seldom, and no sooner after the last. */
  upgradeFirst: 30_000,
  upgradeMost: 600_000,
  upgradeLeast: 10_000,
  /** For a moment in which nothing is under way over the polls, so that the socket is taken. */
  upgradeWait: 5_000,
  /** An answer to a poll, which the node holds for up to 25 s. */
  pollWait: 35_000,
  /**
   * And to an upload: what was not answered is brought again, in time for the ping behind it to be answered within
   * pongWait, and waited for twice as long each time, since a line may be slow.
   */
  uploadWait: 4_000,
  uploadMost: 15_000,
  /** Requests that fail one after another before the connection counts as broken, and the first wait between them. */
  pollTries: 5,
  pollAgain: 200,

  /** Messages held over all conversations; past it the least recently used are dropped and loaded anew. */
  messages: 30_000,
  /** Roots kept on each side of what was last asked for, when one conversation alone is past the bound. */
  window: 2_000,
  /** Latest events of an open conversation, by which a page of history that they overtook is completed. */
  recentEvents: 64,
  /** Latest effects on a membership, by which an answer that they overtook is completed. */
  effects: 32,
  /** Pages of history on their way at once for one `ensure`. */
  pagesAtOnce: 4,
  /** Messages asked for at once; at most the protocol's `historyPage`. */
  page: 100,
  /** Threads of one conversation whose snapshots are kept. */
  threadViews: 100,

  typingShown: 5_000,
  /** Own typing is told no oftener. */
  typingEvery: 3_000,
  typingPeople: 50,
  /** What is looked at is told together after so long. */
  lookAfter: 100,
  /** How others are is known for so long after the connection that told it: as long as nodes go by what Redis said last. */
  presenceKept: 12_000,
  /** Read positions whose sending failed are tried this often. */
  readRetries: 5,
  readAgain: 1_000,
  /** Read positions on their way at once. */
  readsAtOnce: 16,
} as const
