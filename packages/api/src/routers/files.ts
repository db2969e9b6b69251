import { beginUpload, completeUpload, discardFile, downloadFile } from '@parley/domain/files/index'
import { procedure, router } from '../trpc.ts'

/** Attachments. The bytes never come by here: they go between browser and store. */
export const files = router({
  begin: procedure(beginUpload),
  complete: procedure(completeUpload),
  discard: procedure(discardFile),
  download: procedure(downloadFile),
})
