import { createSign } from 'node:crypto'
import type { Credential, GoogleOAuthAccessToken } from 'firebase-admin/app'
import type { ServiceAccount } from '../config.ts'

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging'
const AUDIENCE = 'https://oauth2.googleapis.com/token'
const LIFE_SECONDS = 3_600
const ANSWER_MS = 10_000

/**
 * Signs in with a JWT of the service account (RFC 7523 §2.1) at the endpoint, at `/token`: firebase-admin's own
 * credential goes to Google whatever agent it is given.
 */
export function credentialAt(endpoint: string, account: ServiceAccount): Credential {
  return {
    async getAccessToken(): Promise<GoogleOAuthAccessToken> {
      const response = await fetch(new URL('/token', endpoint), {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
          assertion: sign(account),
        }),
        signal: AbortSignal.timeout(ANSWER_MS),
      })
      if (!response.ok) throw new Error(`FCM_ENDPOINT gave out no access token (HTTP ${response.status})`)
      return (await response.json()) as GoogleOAuthAccessToken
    },
  }
}

function sign({ clientEmail, privateKey }: ServiceAccount): string {
  const issued = Math.floor(Date.now() / 1_000)
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')
  const claims = { iss: clientEmail, scope: SCOPE, aud: AUDIENCE, iat: issued, exp: issued + LIFE_SECONDS }
  const body = `${encode({ alg: 'RS256', typ: 'JWT' })}.${encode(claims)}`
  return `${body}.${createSign('sha256').update(body).sign(privateKey, 'base64url')}`
}
