/**
 * The page's Content-Security-Policy nonce, for styles that a primitive injects at run time.
 * Browsers hide the attribute but not the property, so only script that already runs can read it.
 */
export function cspNonce(): string | undefined {
  if (typeof document === 'undefined') return undefined
  return document.querySelector<HTMLScriptElement>('script[nonce]')?.nonce || undefined
}
