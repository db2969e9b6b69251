export type Theme = 'light' | 'dark' | 'system'

/** Not secret: read by the server so that the first byte of a page already has the right colours. */
export const themeCookie = 'parley-theme'

/** The cookie's value as the root element's data-theme; undefined follows the system. */
export function themeAttribute(cookie: string | undefined): 'light' | 'dark' | undefined {
  return cookie === 'light' || cookie === 'dark' ? cookie : undefined
}
