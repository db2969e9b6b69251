let underWay: Promise<boolean> | undefined

/**
 * Changes the refresh cookie for a new access cookie. One at a time for the whole page: two at once would look like
 * a stolen token. False when the session is over; what cannot be reached is not an answer, so it throws.
 */
export function renewSession(): Promise<boolean> {
  underWay ??= fetch('/api/session/refresh', { method: 'POST' })
    .then((answer) => {
      if (answer.status >= 500) throw new Error('The server could not renew your session.')
      return answer.ok
    })
    .finally(() => {
      underWay = undefined
    })
  return underWay
}
