/** Where to go once inside: only a path of our own. */
export function nextPlace(): string {
  const next = new URLSearchParams(window.location.search).get('next') ?? '/'
  const url = URL.parse(next, window.location.origin)
  return url?.origin === window.location.origin && next.startsWith('/') ? url.pathname + url.search : '/'
}

/** To the door, and back here afterwards. */
export function signInAgain(): void {
  const { pathname, search } = window.location
  if (pathname === '/sign-in') return
  window.location.replace(`/sign-in?next=${encodeURIComponent(pathname + search)}`)
}
