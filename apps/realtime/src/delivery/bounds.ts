/** Every bound of delivery, by name. */
export const BOUNDS = {
  /** How long what came too early waits for what is missing before the database is asked. */
  holdMs: 200,
  heldPieces: 64,
  heldBytes: 16 * 1_048_576,
  /** What may arrive about one person while their memberships are read; past it they are read again. */
  earlyPieces: 200,
  /** Conversations that may pass by while memberships are read; past it they are read again. */
  passedConversations: 100_000,
  /** Conversations, people or sessions of one question to the database. */
  asked: 500,
  /** How often everything is compared with the database while Redis does not reach us, and otherwise. */
  deafMs: 2_000,
  sessionsMs: 60_000,
  /** After the database did not answer. */
  againMs: 1_000,
} as const
