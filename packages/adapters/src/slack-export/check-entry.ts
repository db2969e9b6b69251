import { ExportProblem } from '@parley/domain/import/export-problem'
import type { Entry } from 'yauzl'
import type { ArchiveLimits } from './archive-limits.ts'

/** The file type within Unix mode bits (`stat(2)`), which zip keeps in the upper half of its attributes. */
const TYPE_MASK = 0o170000
const PLAIN_TYPES: ReadonlySet<number> = new Set([0, 0o040000, 0o100000])
const STORED = 0
const DEFLATED = 8

/** Refuses an entry by what the directory says of it. Throws `ExportProblem`. */
export function checkEntry(entry: Entry, limits: ArchiveLimits): void {
  const refuse = (says: string): never => {
    throw new ExportProblem(entry.fileName, says)
  }
  if (entry.fileName.includes('\u0000')) refuse('Its name holds a NUL character.')
  if (!PLAIN_TYPES.has((entry.externalFileAttributes >>> 16) & TYPE_MASK))
    refuse('This is a link or a device, not a file. Slack makes no such export.')
  if (entry.isEncrypted())
    refuse('This file is encrypted. Unpack the zip and pack it again without a password.')
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED)
    refuse(
      `This file is packed by method ${entry.compressionMethod}; only stored and deflated files are read.`,
    )
  if (entry.uncompressedSize > limits.entryBytes)
    refuse(`Unpacked it would be larger than ${limits.entryBytes} bytes.`)
  if (
    entry.uncompressedSize > limits.ratioMatters &&
    entry.uncompressedSize > entry.compressedSize * limits.ratio
  )
    refuse(`It unpacks to more than ${limits.ratio} times its size: refused as a zip bomb.`)
}
