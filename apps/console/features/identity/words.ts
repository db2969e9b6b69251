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

/** What owners who sign in through it mean for it, in sentences; none where there are none. */
export function ownersSay({ owners, letsOwnersIn, mayChange }: Provider): string[] {
  if (owners === 0) return []
  const who = owners === 1 ? 'An owner signs in' : `${owners} owners sign in`
  return [
    mayChange
      ? `${who} through it: administrators cannot change it.`
      : `${who} through it: only an owner may change it, switch it on or off, or remove it.`,
    ...(letsOwnersIn
      ? []
      : ['No owner was the last to save it, so it lets no owner in: an owner saves it again.']),
  ]
}

const DAY_MS = 86_400_000
/** Early enough to ask the provider's people for another one. */
const SOON_MS = 30 * DAY_MS

export function certificateState(expiresAt: number, now: number): 'expired' | 'soon' | 'good' {
  if (expiresAt <= now) return 'expired'
  return expiresAt - now < SOON_MS ? 'soon' : 'good'
}
