import { type Failure, readAnswer } from '@parley/api/browser/failure'
import type { Id } from '@parley/protocol'
import { readError } from '../api/read-error.ts'
import { pathTo } from '../shell/place.ts'

export type Door = 'sign-in' | 'set-up' | 'accept-invitation'

/** Asks to be let in. When it worked the cookies are set; whoever set everything up begins in the first channel. */
export async function enter(
  door: Door,
  body: Record<string, string>,
): Promise<{ failure: Failure } | { place: string }> {
  try {
    const answer = await fetch(`/api/session/${door}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!answer.ok) return { failure: await readAnswer(answer) }
    const { channel }: { channel?: Id | null } = await answer.json()
    return { place: channel ? pathTo(channel) : nextPlace() }
  } catch (error) {
    return { failure: readError(error) }
  }
}

/** Where to go once inside: only a path of our own. */
export function nextPlace(): string {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/'
  const url = URL.parse(next, window.location.origin)
  return url?.origin === window.location.origin && next.startsWith('/') ? url.pathname + url.search : '/'
}
