import { z } from 'zod'
import { permitted } from '../access.ts'
import { query } from '../command.ts'

/** What a provider's metadata says, so that the console can show it before anything is saved. */
export const readMetadata = query({
  name: 'identity.readMetadata',
  input: z.strictObject({ metadata: z.string().max(1_000_000) }),
  access: permitted('identity.manage'),
  limit: 'administration',
  tokens: 'never',
  run: ({ deps }, { metadata }) => deps.saml.parseMetadata(metadata),
})
