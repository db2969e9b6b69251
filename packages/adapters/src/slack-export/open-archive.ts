import { type FileHandle, open as openFile } from 'node:fs/promises'
import { ExportProblem } from '@parley/domain/import/export-problem'
import yauzl from 'yauzl'
import { ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.ts'
import { checkEntry } from './check-entry.ts'
import { checkOverlap } from './check-overlap.ts'

export type Archive = {
  readonly file: FileHandle
  readonly entries: ReadonlyMap<string, yauzl.Entry>
  /** Size of the archive itself, in bytes. */
  readonly bytes: number
  readonly limits: ArchiveLimits
  close(): Promise<void>
}

/**
 * Opens a zip and reads its directory, without unpacking anything.
 * Throws `ExportProblem` for what is not a zip, is cut short, asks for more than the limits allow, or holds an
 * entry that has no business in an export: a path that climbs out, a link, an encrypted or repeated file.
 */
export async function openArchive(path: string, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<Archive> {
  const file = await openRegularFile(path)
  try {
    const bytes = await looksLikeZip(file)
    const zip = await openZip(file.fd)
    if (zip.entryCount > limits.entries)
      throw refused(`It lists ${zip.entryCount} files; at most ${limits.entries} are read.`)
    const entries = await readDirectory(zip, limits)
    checkOverlap([...entries.values()])
    return { file, entries, bytes, limits, close: () => file.close() }
  } catch (error) {
    await file.close()
    throw error
  }
}

const refused = (says: string) => new ExportProblem(null, says)

async function openRegularFile(path: string): Promise<FileHandle> {
  const file = await openFile(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw refused('There is no such file.')
    if (error.code === 'EACCES') throw refused('This user may not read the file.')
    throw error
  })
  if ((await file.stat()).isFile()) return file
  await file.close()
  throw refused('This is not a file. Name the zip that Slack made.')
}

/** @returns its size in bytes */
async function looksLikeZip(file: FileHandle): Promise<number> {
  const head = Buffer.alloc(4)
  await file.read(head, 0, 4, 0)
  // Local file header, or the end record that an empty archive begins with (APPNOTE 4.3.7, 4.3.16).
  const signature = head.readUInt32LE(0)
  if (signature !== 0x04034b50 && signature !== 0x06054b50)
    throw refused('This is not a zip file. Name the zip that Slack made, as it was downloaded.')
  return (await file.stat()).size
}

/** The directory is read through our own descriptor, which stays ours: whoever opened it closes it. */
function openZip(fd: number): Promise<yauzl.ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.fromFd(fd, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error)
        reject(refused('The zip is cut short or damaged: its directory cannot be found. Download it again.'))
      else resolve(zip)
    })
  })
}

function readDirectory(zip: yauzl.ZipFile, limits: ArchiveLimits): Promise<Map<string, yauzl.Entry>> {
  const entries = new Map<string, yauzl.Entry>()
  let total = 0
  return new Promise((resolve, reject) => {
    zip.on('error', (error: Error) => reject(directoryProblem(error)))
    zip.on('end', () => resolve(entries))
    zip.on('entry', (entry: yauzl.Entry) => {
      try {
        checkEntry(entry, limits)
        if (entries.has(entry.fileName))
          throw new ExportProblem(entry.fileName, 'The zip holds this file twice.')
        total += entry.uncompressedSize
        if (total > limits.totalBytes)
          throw refused(`Unpacked it would be larger than ${limits.totalBytes} bytes: refused as a zip bomb.`)
      } catch (error) {
        reject(error)
        return
      }
      entries.set(entry.fileName, entry)
      zip.readEntry()
    })
    zip.readEntry()
  })
}

/** yauzl checks the names itself (`validateFileName`), and says so in its own words. */
function directoryProblem(error: Error): ExportProblem {
  const [, path] = /^(?:absolute path|invalid relative path): (.*)$/s.exec(error.message) ?? []
  if (path !== undefined)
    return new ExportProblem(path, 'This path leads out of the archive. Slack makes no such export.')
  return refused(`The zip's directory is damaged (${error.message}). Download it again.`)
}
