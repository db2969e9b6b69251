import type { Id } from '@parley/protocol'

/** Where a provider sends its responses, and the name that we have there (SAML Metadata §2.4.4). */
export const samlAddresses = (web: string, provider: Id) => ({
  acs: `${web}/api/saml/${provider}/acs`,
  audience: `${web}/api/saml/${provider}/metadata`,
})
