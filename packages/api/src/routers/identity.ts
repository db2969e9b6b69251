import {
  listProviders,
  readMetadata,
  removeProvider,
  saveProvider,
  setProviderEnabled,
  signOnOptions,
} from '@parley/domain/identity/index'
import { posted, procedure, router } from '../trpc.ts'

/** Identity providers. Signing in through them is in routes/saml.ts. */
export const identity = router({
  listProviders: procedure(listProviders),
  readMetadata: posted(readMetadata),
  saveProvider: procedure(saveProvider),
  setProviderEnabled: procedure(setProviderEnabled),
  removeProvider: procedure(removeProvider),
  signOnOptions: procedure(signOnOptions),
})
