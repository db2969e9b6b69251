import { promisify } from 'node:util'
import { crc32, inflateRaw, inflateRawSync } from 'node:zlib'
import { ExportProblem } from '@parley/domain/import/export-problem'
import type { Entry } from 'yauzl'
import type { Archive } from './open-archive.ts'

const inflate = promisify(inflateRaw)

const LOCAL_HEADER = { signature: 0x04034b50, bytes: 30, nameLengthAt: 26, extraLengthAt: 28 } as const
/** Room for what a local header may hold beyond the directory's, so that one read nearly always gets everything. */
const LOCAL_EXTRA = 64
const STORED = 0
/** Up to this many bytes packed, unpacking takes less time than handing it to another thread. */
const SMALL = 64 * 1024

/**
 * Unpacks one file into memory (APPNOTE 4.3.7). Bounded: no more bytes are inflated than the directory promised,
 * and the promise was held against `ARCHIVE_LIMITS` when the archive was opened.
 * Throws `ExportProblem` when the bytes are cut short, damaged, or not those that the checksum names.
 */
export async function readEntry(archive: Archive, entry: Entry): Promise<Buffer> {
  const refuse = (says: string) => new ExportProblem(entry.fileName, `${says} Download the export again.`)
  const guess = LOCAL_HEADER.bytes + entry.fileNameLength + LOCAL_EXTRA + entry.compressedSize
  const local = await read(archive, entry.relativeOffsetOfLocalHeader, guess)
  if (local.length < LOCAL_HEADER.bytes || local.readUInt32LE(0) !== LOCAL_HEADER.signature)
    throw refuse('It is not where the directory of the zip says.')
  const before =
    LOCAL_HEADER.bytes +
    local.readUInt16LE(LOCAL_HEADER.nameLengthAt) +
    local.readUInt16LE(LOCAL_HEADER.extraLengthAt)
  const packed =
    local.length >= before + entry.compressedSize
      ? local.subarray(before, before + entry.compressedSize)
      : await read(archive, entry.relativeOffsetOfLocalHeader + before, entry.compressedSize)
  if (packed.length < entry.compressedSize) throw refuse('It is cut short.')
  const bytes = entry.compressionMethod === STORED ? packed : await unpack(packed, entry, refuse)
  if (bytes.length !== entry.uncompressedSize)
    throw refuse('It is not as long as the directory of the zip says.')
  if (crc32(bytes) !== entry.crc32) throw refuse('Its bytes do not match their checksum.')
  return bytes
}

async function read(archive: Archive, position: number, length: number): Promise<Buffer> {
  // Never more than is there, whatever the directory says.
  const buffer = Buffer.alloc(Math.max(0, Math.min(length, archive.bytes - position)))
  const { bytesRead } = await archive.file.read(buffer, 0, buffer.length, position)
  return buffer.subarray(0, bytesRead)
}

async function unpack(
  packed: Buffer,
  entry: Entry,
  refuse: (says: string) => ExportProblem,
): Promise<Buffer> {
  try {
    const options = { maxOutputLength: Math.max(1, entry.uncompressedSize) }
    return packed.length <= SMALL ? inflateRawSync(packed, options) : await inflate(packed, options)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw refuse('It unpacks to more than the directory of the zip says.')
    if (code?.startsWith('Z_')) throw refuse('It is damaged and cannot be unpacked.')
    throw error
  }
}
