import type { Id } from '@parley/protocol'
import { forgetDrafts } from '../composer/drafts.ts'
import { forgetLastPlace } from '../shell/last-place.ts'
import { forgetDevice } from './open-sync.ts'

/** Somebody is signing out: what the server says about the session's end is no news. */
let leaving = false

/**
 * To the sign-in page, and back here afterwards. A full load: nothing of the old session stays in memory.
 * @param ended there was a session here, and the person is told that it is over
 */
export function leaveForSignIn(ended: boolean): void {
  if (leaving) return
  const here = window.location.pathname
  const said = new URLSearchParams({ ...(ended && { ended: '' }), ...(here !== '/' && { next: here }) })
  window.location.assign(said.size > 0 ? `/sign-in?${said}` : '/sign-in')
}

/** Ends the session on the server, then forgets what this device kept of it. */
export async function endSession(person: Id): Promise<void> {
  leaving = true
  try {
    const answer = await fetch('/api/session/sign-out', { method: 'POST' })
    if (!answer.ok && answer.status !== 401) throw new Error('You could not be signed out. Try again.')
  } catch (error) {
    leaving = false
    throw error
  }
  forgetDrafts()
  forgetLastPlace()
  await forgetDevice(person)
  window.location.assign('/sign-in')
}
