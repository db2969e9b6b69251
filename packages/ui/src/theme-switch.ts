import { type Theme, themeCookie } from './shell/theme.ts'

const aYear = 365 * 24 * 60 * 60

/** What this person chose on this device. */
export function currentTheme(): Theme {
  const chosen = document.documentElement.dataset.theme
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system'
}

/** Changes the page now, and every later page through a cookie that the server reads, so that none flashes. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: cookieStore is missing in plain-http pages, which self-hosters have
  document.cookie = `${themeCookie}=${theme}; path=/; max-age=${aYear}; samesite=lax`
}
