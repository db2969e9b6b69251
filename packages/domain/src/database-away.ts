import { isUnavailable } from '@parley/db'
import { ParleyError } from '@parley/protocol'

/** What whoever asked is told while the database is away or too busy; null when something else went wrong. */
export const databaseAway = (error: unknown): ParleyError | null =>
  isUnavailable(error)
    ? new ParleyError('unavailable', 'The database is not answering. Try again in a moment.')
    : null
