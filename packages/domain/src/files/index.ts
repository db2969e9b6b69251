/** Attachments: bytes go between browser and store; here is decided who may, and what is known of them. */
export { type BegunUpload, beginUpload } from './begin.ts'
export { completeUpload } from './complete.ts'
export { discardFile } from './discard.ts'
export { downloadFile, type FileUrl, fileThumbnail } from './download.ts'
export { processFile } from './process-file.ts'
export { type Cleared, removeAbandonedFiles } from './remove-abandoned.ts'
