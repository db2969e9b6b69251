/** Every bound of a realtime node, by name. Milliseconds and bytes. */
export const BOUNDS = {
  connections: 50_000,
  /** Of one person on this node: devices and tabs, and those that died and are not noticed yet. */
  connectionsPerPerson: 50,
  /** From opening to hello. */
  helloMs: 10_000,
  /**
   * Of those that have not said hello: in all, and from one address, behind which a whole office may be. As many again of
   * plain HTTP that has not shown whose it is.
   */
  atDoor: 20_000,
  atDoorFromOne: 1_000,
  /** A hello is short; what is longer is not even parsed, and who sends much of one frame does not wait on. */
  helloBytes: 4_096,
  doorBytes: 65_536,
  /** For an HTTP request to bring its headers, and how often that is looked at. */
  headersMs: 10_000,
  headersCheckMs: 5_000,
  /** How often a client is told to ping, and after what silence it is gone. */
  heartbeatMs: 25_000,
  idleMs: 65_000,
  /** After we closed, the other side has so long to do so too. */
  closingMs: 3_000,
  sweepMs: 1_000,

  /** Frames at once, and a second thereafter; each 2 KiB of a frame count as another. */
  floodBurst: 1_000,
  floodPerSecond: 100,
  floodBytes: 2_048,
  /** What a frame lists costs more than its bytes: so many conversations, or people, count as another, too. */
  floodConversations: 20,
  floodPeople: 100,
  /** Each so much that a poll is answered with once more counts as another, too. */
  floodAgainBytes: 32_768,
  /** What could not be understood counts so many times more. */
  floodNonsense: 4,
  /** All connections of a person count for so many together: five tabs may each do what one may. */
  floodTogether: 5,
  /** People who have gone and what they said, which counts on. Past it the longest gone are forgotten. */
  departed: 10_000,
  /** Parts of one message (RFC 6455 §5.4), and pieces of the network's that a part may come in. */
  fragments: 256,
  chunks: 4_096,
  /** A person types into one conversation at a time: more is not passed on. */
  typingBurst: 4,
  typingPerSecond: 1,
  /** In a conversation with more people on this node than this, nobody is told who types. */
  typingPeople: 200,

  /**
   * What a connection may have under way: a message counts 1, a request requestWeight and as much again for each
   * requestBytes of it, catching up, for which thousands of conversations may be named, syncWeight. Past it, it is not read.
   */
  underWay: 1_024,
  requestWeight: 16,
  requestBytes: 4_096,
  syncWeight: 512,
  /** Bytes of requests that a person may have under way on all connections together: read, they are many times as large. */
  askedBytes: 1_048_576,
  /**
   * Live frames not yet taken by the other side. Past it, or past slowBytes for longer than slowMs, they are left out,
   * and a resync follows. One busy moment of a conversation may well bring megabytes.
   */
  unsentBytes: 8 * 1_048_576,
  slowBytes: 1_048_576,
  slowMs: 500,
  /**
   * What the node holds for all who do not take what they are sent. Past it whoever holds more than an equal share is
   * left out. Where that is not enough whoever has not taken it within stuckMs is cut off, which is looked at this often.
   */
  backlogBytes: 24 * 1_048_576,
  stuckMs: 2_000,
  reliefMs: 100,
  /** What a frame costs each who waits for it, beside its own bytes: a place in a list. */
  heldFrameBytes: 16,
  /** Handed to a socket at once; what does not go into one write waits here, where it can still be left out. */
  writtenBytes: 65_536,
  /** Up to so much is copied together, which costs less than handing over the parts. */
  joinedBytes: 16_384,
  /** No other answer is read, nor the next part of one, while so much is not yet taken. */
  answerBytes: 131_072,
  /** How long somebody may stay behind. */
  behindMs: 30_000,
  /** People who arrive are read for together: so many as two questions hold, one on its way and one that fills. */
  firstReads: 200,
  /** Catching up reads much: so many reads at once leave connections to the database for everything else. */
  syncReads: 6,
  pageReads: 6,

  /** Event-loop delay from which a node is full, below which it no longer is, and for how many looks in a row. */
  delayFull: 250,
  delayEased: 100,
  looks: 3,
  lookMs: 1_000,
  /** Of the connections that a node takes: below it a full one no longer is. */
  easedShare: 0.95,
  /** Of the connections, the newest, told to go elsewhere at one look while the node is full. */
  shedShare: 0.02,
  /** Addresses of other nodes in one `bye`. */
  redirectAddresses: 4,
  /** A connection that lasts is handed a new resume token this often, with a pong. */
  renewMs: 300_000,

  /** Others learn of the drain first, if Redis answers within this time. */
  announceMs: 500,
  /** An answer to a long poll without news (RFC 6202 §5.5: at most 30 s), and a break between two polls. */
  pollHeldMs: 25_000,
  pollBreakMs: 15_000,
  /** Whoever goes brings something yet: it may take so long before they are gone. */
  pollFarewellMs: 1_000,
  /** The head of a request: what is longer has none. */
  pollHeadBytes: 512,
  /** The same upload, asked about by so many requests at once. */
  pollUploads: 4,
  /**
   * Requests that bring something to one session and of which only a part has come: an upload, the same from a proxy that
   * repeats it, and the end, when the page goes meanwhile.
   */
  pollArriving: 3,
  /**
   * What has come of requests: of one person, until it is answered, sixteen whole frames; of everybody, of which the rest is
   * still to come. A piece of the network's costs more than its bytes.
   */
  arrivingOfOneBytes: 16 * 262_144,
  arrivingBytes: 24 * 1_048_576,
  pieceBytes: 256,
  /** A connection of a proxy's or browser's stays open between requests. Longer than nginx keeps one that is idle. */
  keepAliveMs: 75_000,
  /** For an HTTP request to arrive whole. */
  requestMs: 30_000,

  /** Everybody is told to go within this time, so that they do not arrive elsewhere at once. */
  drainMs: 2_000,
} as const
