import type { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { ExportProblem } from '@parley/domain/import/export-problem'
import type { Entry } from 'yauzl'
import type { Archive } from './open-archive.ts'

/**
 * Unpacks one file into memory. Bounded: yauzl ends the stream with an error as soon as it yields more than the
 * directory promised, and the promise was held against `ARCHIVE_LIMITS` when the archive was opened.
 * Throws `ExportProblem` when the bytes are cut short, damaged, or not those that the checksum names.
 */
export async function readEntry(archive: Archive, entry: Entry): Promise<Buffer> {
  const chunks: Buffer[] = []
  let sum = 0
  try {
    for await (const chunk of await openStream(archive, entry)) {
      chunks.push(chunk)
      sum = crc32(chunk, sum)
    }
  } catch (error) {
    throw new ExportProblem(
      entry.fileName,
      `It cannot be unpacked (${(error as Error).message}). Download the export again.`,
    )
  }
  if (sum !== entry.crc32)
    throw new ExportProblem(
      entry.fileName,
      'Its bytes do not match their checksum. Download the export again.',
    )
  return Buffer.concat(chunks)
}

function openStream(archive: Archive, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    archive.zip.openReadStream(entry, (error, stream) => (error ? reject(error) : resolve(stream)))
  })
}
