import type { Outputs } from '../api/trpc.ts'
import { ROLE_NAMES } from '../people/words.ts'

export type Provider = Outputs['identity']['listProviders'][number]
export type ReadMetadata = Outputs['identity']['readMetadata']

/** What most providers call them. */
export const USUAL = {
  email: 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress',
  name: 'http://schemas.microsoft.com/identity/claims/displayname',
}

/** An account made at a first sign-in may be any of these; owners are made by owners. */
export const { owner: _, ...PROVISIONED_ROLES } = ROLE_NAMES
export type ProvisionedRole = keyof typeof PROVISIONED_ROLES

const DAY_MS = 86_400_000
/** Early enough to ask the provider's people for another one. */
const SOON_MS = 30 * DAY_MS

export function certificateState(expiresAt: number, now: number): 'expired' | 'soon' | 'good' {
  if (expiresAt <= now) return 'expired'
  return expiresAt - now < SOON_MS ? 'soon' : 'good'
}
