/** Every bound of presence, by name. Times in milliseconds. What clients must know is in the protocol's LIMITS. */
export const BOUNDS = {
  /** What changed is written to Redis, and told to those who look, so often. */
  tickMs: 500,
  /** A tick waits so long for a step that asks the database or Redis, which may hang, and goes on without it. */
  patienceMs: 500,
  /** How often the lease is renewed: within LEASE_MS. */
  renewMs: 2_000,
  /** A node that was missing so often in a row is dead: until then it may be a Redis that has forgotten everybody. */
  missed: 3,
  /** After so long without Redis what other nodes saw counts for nothing: a node that died with it would be dead by now. */
  sightMs: 12_000,
  /** When Redis is back, the others have so long to say that they are there. */
  returnMs: 6_000,
  /** Online people of a conversation that somebody looks at are counted so often. */
  countMs: 5_000,
  /** For so long the members of such a conversation are remembered. */
  membersMs: 30_000,
  /** Conversations whose members are remembered though nobody looks at them any more. */
  counted: 1_000,
  /** Settings, and whom guests may see, are looked up so often. */
  rightsMs: 15_000,
  /** When somebody was last active is told as of the beginning of such a stretch: no closer than a person would say it. */
  lastActiveMs: 60_000,
  /** Whom nobody looks at any more is followed for so long: people scroll up and down. */
  lingerMs: 10_000,
  /** People one connection may newly look at, at once, and a second thereafter; the rest waits. */
  looksBurst: 1_000,
  looksPerSecond: 100,
} as const
