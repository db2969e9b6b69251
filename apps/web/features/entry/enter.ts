import { type Failure, readAnswer, readError } from '../api/read-error.ts'

export type Door = 'sign-in' | 'set-up' | 'accept-invitation'

/** Asks to be let in. Null when it worked: the cookies are set. */
export async function enter(door: Door, body: Record<string, string>): Promise<Failure | null> {
  try {
    const answer = await fetch(`/api/session/${door}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
    return answer.ok ? null : await readAnswer(answer)
  } catch (error) {
    return readError(error)
  }
}

/** Where to go once inside: only a path of our own. */
export function nextPlace(): string {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/'
  const url = URL.parse(next, window.location.origin)
  return url?.origin === window.location.origin && next.startsWith('/') ? url.pathname + url.search : '/'
}
