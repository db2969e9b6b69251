/** How long a file can be downloaded after it was asked for. */
export const EXPORT_DAYS = 7
const DAY_MS = 86_400_000

export const expiryOf = (createdAt: Date): Date => new Date(createdAt.getTime() + EXPORT_DAYS * DAY_MS)
/** Exports asked for before this are over. */
export const expiredBefore = (now: Date): Date => new Date(now.getTime() - EXPORT_DAYS * DAY_MS)
