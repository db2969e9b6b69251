import { zId } from '@parley/protocol'
import { z } from 'zod'
import { anyone } from '../access.ts'
import { query } from '../command.ts'
import { providerOf } from './stored-provider.ts'

/** What an identity provider reads about us (SAML Metadata §2.4.4), also while it is still switched off here. */
export const ourMetadata = query({
  name: 'identity.ourMetadata',
  input: z.strictObject({ provider: zId }),
  access: anyone('identity providers fetch it, and it says only where responses go'),
  limit: 'read',
  tokens: 'never',
  async run({ tx, deps }, { provider }): Promise<string> {
    return deps.saml.metadata((await providerOf(tx, provider)).id)
  },
})
