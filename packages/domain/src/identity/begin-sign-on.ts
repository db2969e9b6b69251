import { zId } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { query } from '../command.ts'
import { ownPath, REQUEST_MS, sealRequest } from './pending-request.ts'
import { openProvider } from './stored-provider.ts'

/** `request` stays with the browser until the provider has answered. */
export type Begun = { url: string; request: string; seconds: number }

/** Where to send a browser that wants to sign in through a provider, and what it must bring back. */
export const beginSignOn = query({
  name: 'identity.beginSignOn',
  input: z.strictObject({ provider: zId, to: z.string().max(500) }),
  access: anyone('signing in is how somebody becomes known'),
  limit: 'door',
  tokens: 'never',
  async run({ tx, deps }, { provider, to }): Promise<Begun> {
    const { id, config } = await openProvider(tx, provider)
    const { url, requestId } = await deps.saml.requestUrl(id, config)
    const expires = deps.now().getTime() + REQUEST_MS
    const request = sealRequest(deps.secrets, { provider: id, requestId, to: ownPath(to), expires })
    return { url, request, seconds: REQUEST_MS / 1_000 }
  },
})
