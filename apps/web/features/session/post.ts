import type { Post } from '@parley/sync'

/** A request of a long poll: text/plain without credentials, so that no browser asks the node first (Fetch §3.2.2). */
export const post: Post = (url, body, lasts = false) => {
  const control = new AbortController()
  const options = { method: 'POST', body, credentials: 'omit', cache: 'no-store', keepalive: lasts } as const
  const answer = fetch(url, { ...options, signal: control.signal }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
  return { answer, cancel: () => control.abort() }
}
