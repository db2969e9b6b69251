/**
 * How often one actor may do something: `points` per `seconds`. Signed-out actors are counted by address.
 * Every command names its row.
 */
export const RATE_LIMITS = {
  none: null,
  read: { points: 600, seconds: 60 },
  search: { points: 60, seconds: 60 },
  write: { points: 300, seconds: 60 },
  message: { points: 1_200, seconds: 60 },
  upload: { points: 120, seconds: 60 },
  /** Thumbnails come by the screenful. */
  file: { points: 3_000, seconds: 60 },
  administration: { points: 240, seconds: 60 },
  export: { points: 20, seconds: 3_600 },
  /** Passwords, by address; not those of people on devices of their own. */
  signIn: { points: 20, seconds: 60 },
  /** Passwords tried on a device that its person has used: past it, the device counts for no more than a stranger's. */
  ownDevice: { points: 10, seconds: 3_600 },
  /** What is asked before anybody is signed in, by address, behind which a whole office may be; what is presented cannot be guessed. */
  door: { points: 1_200, seconds: 60 },
  /** By address: responses of identity providers, whose signature costs a moment to check. */
  signOn: { points: 120, seconds: 60 },
  invitation: { points: 600, seconds: 3_600 },
  /** By address: tokens and webhook addresses that are nobody's. One that is somebody's is not counted. */
  badToken: { points: 30, seconds: 60 },
  /**
   * By address, on one realtime node: hellos with a ticket that is not good. Past it they are cut off without a word, and
   * far past it nobody of there may knock: behind the same address others may be whose tickets are good.
   */
  badTicket: { points: 600, seconds: 60 },
  badTicketFlood: { points: 30_000, seconds: 60 },
  /** By person, on one realtime node: being let in reads the database. All of their devices may come back at once. */
  connect: { points: 300, seconds: 60 },
  webhook: { points: 120, seconds: 60 },
} as const satisfies Record<string, { points: number; seconds: number } | null>
export type LimitName = keyof typeof RATE_LIMITS
