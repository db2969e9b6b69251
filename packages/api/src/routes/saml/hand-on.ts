import { createHash } from 'node:crypto'

const SCRIPT = 'document.forms[0].submit()'
const HASH = createHash('sha256').update(SCRIPT).digest('base64')

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** A page that posts the response on to our own `finish`, by itself or by a button where scripts are off. */
export function handOn(acs: string, form: Record<string, string | undefined>): Response {
  const to = acs.replace(/\/acs$/, '/finish')
  const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Signing in …</title><meta name="viewport" content="width=device-width"></head>
<body>
<form method="post" action="${escaped(to)}">
<input type="hidden" name="SAMLResponse" value="${escaped(form.SAMLResponse ?? '')}">
<noscript><p>Signing in …</p><button>Continue</button></noscript>
</form>
<script>${SCRIPT}</script>
</body>
</html>
`
  return new Response(page, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      // Without a referrer browsers call the origin of the form "null", and it could not be told from others'.
      'referrer-policy': 'same-origin',
      'content-security-policy': `default-src 'none'; script-src 'sha256-${HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    },
  })
}
