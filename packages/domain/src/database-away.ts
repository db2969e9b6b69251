import { isUnavailable } from '@parley/db'
import { ParleyError } from '@parley/protocol'

export const notAnswering = (): ParleyError =>
  new ParleyError('unavailable', 'The database is not answering. Try again in a moment.')

/** What whoever asked is told while the database is away or too busy; null when something else went wrong. */
export const databaseAway = (error: unknown): ParleyError | null =>
  isUnavailable(error) ? notAnswering() : null
