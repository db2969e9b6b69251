import type { Id } from '@parley/protocol'
import { forgetDrafts } from '../composer/drafts.ts'
import { forgetLastPlace } from '../shell/last-place.ts'
import { forgetDevice } from './open-sync.ts'

/** To the sign-in page, and back here afterwards. A full load: nothing of the old session stays in memory. */
export function leaveForSignIn(): void {
  const here = window.location.pathname
  window.location.assign(here === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(here)}`)
}

/** Ends the session on the server, then forgets what this device kept of it. */
export async function endSession(person: Id): Promise<void> {
  const answer = await fetch('/api/session/sign-out', { method: 'POST' })
  if (!answer.ok && answer.status !== 401) throw new Error('You could not be signed out. Try again.')
  forgetDrafts()
  forgetLastPlace()
  await forgetDevice(person)
  window.location.assign('/sign-in')
}
