import { type Failure, offline, readAnswer } from '@parley/api/browser/failure'

const post = (path: string, body: object) =>
  fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })

/** Asks to be let in. Null when it worked: the cookies are set. */
export async function signIn(email: string, password: string): Promise<Failure | null> {
  const answer = await post('/api/session/sign-in', { email, password }).catch(() => null)
  if (!answer) return offline
  return answer.ok ? null : await readAnswer(answer)
}

/** Ends this session and loads the door anew, so that nothing of it stays in memory. */
export async function signOut(): Promise<void> {
  await post('/api/session/sign-out', {}).catch(() => null)
  window.location.assign('/sign-in')
}
