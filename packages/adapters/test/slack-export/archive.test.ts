import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ARCHIVE_LIMITS, type ArchiveLimits } from '../../src/slack-export/archive-limits.ts'
import { openArchive } from '../../src/slack-export/open-archive.ts'
import { readEntry } from '../../src/slack-export/read-entry.ts'
import { buildZip, type Packed } from './build-zip.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parley-archive-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const save = (bytes: Buffer | string): string => {
  const path = join(folder, 'export.zip')
  writeFileSync(path, bytes)
  return path
}
const open = (files: Packed[], limits: Partial<ArchiveLimits> = {}) =>
  openArchive(save(buildZip(files)), { ...ARCHIVE_LIMITS, ...limits })
const small: Packed[] = [
  { name: 'users.json', content: '[]' },
  { name: 'general/2024-01-01.json', content: '["hello"]' },
]

describe('an administrator who names an honest zip', () => {
  test('has its files read byte for byte', async () => {
    const archive = await open(small)
    expect([...archive.entries.keys()]).toEqual(['users.json', 'general/2024-01-01.json'])
    const bytes = await readEntry(archive, archive.entries.get('general/2024-01-01.json')!)
    expect(bytes.toString()).toBe('["hello"]')
    await archive.close()
  })

  test('also where the local header is longer than the directory lets expect', async () => {
    const archive = await open([
      ...small,
      { name: 'a.json', content: '["far"]', claims: { localExtra: 5_000 } },
    ])
    expect((await readEntry(archive, archive.entries.get('a.json')!)).toString()).toBe('["far"]')
    await archive.close()
  })
})

describe('an administrator who names the wrong file is told so', () => {
  test.each([
    ['a text', 'users.json,channels.json', /not a zip file/],
    ['an empty file', '', /not a zip file/],
    ['a zip whose end is missing', buildZip(small).subarray(0, -30), /cut short or damaged/],
    [
      'a zip of which only the beginning came through',
      buildZip(small).subarray(0, 60),
      /cut short or damaged/,
    ],
  ])('%s', async (_what, bytes, says) => {
    await expect(openArchive(save(bytes))).rejects.toThrow(says)
  })

  test('nothing at all, or a folder', async () => {
    await expect(openArchive(join(folder, 'absent.zip'))).rejects.toThrow('There is no such file')
    await expect(openArchive(folder)).rejects.toThrow('This is not a file')
  })
})

describe('an archive made by mallory is refused before anything is unpacked', () => {
  const big = { name: 'bomb.json', content: Buffer.alloc(4 * 1024 * 1024, ' ') }

  test.each<[string, Packed, RegExp]>([
    ['a path that climbs out', { name: '../../etc/cron.d/x', content: 'x' }, /leads out of the archive/],
    ['a path that climbs out half-way', { name: 'general/../../x.json', content: 'x' }, /leads out/],
    ['a path that climbs out in the Windows way', { name: 'general\\..\\..\\x', content: 'x' }, /leads out/],
    ['an absolute path', { name: '/etc/passwd', content: 'x' }, /leads out of the archive/],
    ['an absolute path in the Windows way', { name: 'C:\\x.json', content: 'x' }, /leads out/],
    ['a symbolic link', { name: 'general', content: '/etc', mode: 0o120777 }, /a link or a device/],
    ['a device', { name: 'general', content: '', mode: 0o020666 }, /a link or a device/],
    ['a name with NUL', { name: 'users.json\u0000.txt', content: '' }, /NUL/],
    ['a file that is there twice', { name: 'users.json', content: '[1]' }, /holds this file twice/],
    ['an encrypted file', { name: 'a.json', content: '', claims: { flags: 1 } }, /encrypted/],
    ['an unknown packing', { name: 'a.json', content: '', claims: { method: 14 } }, /packed by method 14/],
    ['a file that unpacks to 1,000 times its size', big, /refused as a zip bomb/],
    [
      'a file that shares the bytes of another',
      { name: 'b.json', content: '["hello"]', claims: { sharesBytes: true } },
      /refused as a zip bomb/,
    ],
  ])('%s', async (_what, entry, says) => {
    await expect(open([...small, entry])).rejects.toThrow(says)
  })

  test('too many files, too large a file, too much in all', async () => {
    await expect(open(small, { entries: 1 })).rejects.toThrow('It lists 2 files; at most 1')
    await expect(open(small, { entryBytes: 5 })).rejects.toThrow('larger than 5 bytes')
    await expect(open(small, { totalBytes: 10 })).rejects.toThrow(
      'larger than 10 bytes: refused as a zip bomb',
    )
  })
})

describe('a file that is not what the directory says is refused while it is unpacked', () => {
  const read = async (claims: Packed['claims']) => {
    const archive = await open([{ name: 'a.json', content: '["hello"]', claims }])
    try {
      return await readEntry(archive, archive.entries.get('a.json')!)
    } finally {
      await archive.close()
    }
  }

  test('more bytes than promised, so that a bomb cannot hide behind a small promise', async () => {
    await expect(read({ size: 3 })).rejects.toThrow('It unpacks to more than')
  })
  test('fewer bytes than promised', async () => {
    await expect(read({ size: 30 })).rejects.toThrow('not as long as')
  })
  test('other bytes than promised', async () => {
    await expect(read({ crc: 1 })).rejects.toThrow('do not match their checksum')
  })
  test('bytes that are no deflate stream', async () => {
    const zip = buildZip([{ name: 'a.json', content: 'hello hello hello' }])
    zip.fill(0xff, 36, 42)
    const archive = await openArchive(save(zip))
    await expect(readEntry(archive, archive.entries.get('a.json')!)).rejects.toThrow('damaged')
    await archive.close()
  })
  test('a file whose place in the zip is another', async () => {
    const zip = buildZip([{ name: 'a.json', content: 'hello' }])
    zip.writeUInt32LE(5, zip.length - 22 - 46 - 6 + 42)
    const archive = await openArchive(save(zip))
    await expect(readEntry(archive, archive.entries.get('a.json')!)).rejects.toThrow(
      'not where the directory',
    )
    await archive.close()
  })
})
