/** "Last used" is for people: it is written at most this often, so that a busy bot costs no write a request. */
const COARSE_MS = 60_000

export const isStale = (lastUsedAt: Date | null, now: Date): boolean =>
  lastUsedAt === null || now.getTime() - lastUsedAt.getTime() >= COARSE_MS
