import type { Post } from '@parley/sync'

/** As the web client posts, by Node's own fetch. */
export const post: Post = (url, body) => {
  const control = new AbortController()
  const answer = fetch(url, { method: 'POST', body, signal: control.signal }).then(async (response) => ({
    status: response.status,
    text: await response.text(),
  }))
  return { answer, cancel: () => control.abort() }
}
