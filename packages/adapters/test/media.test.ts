import { crc32, deflateSync } from 'node:zlib'
import { media } from '@parley/adapters/media'
import sharp from 'sharp'
import { expect, test } from 'vitest'

const picture = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 40, b: 40 } } })

test('a type is what the content is, whatever the file is called', async () => {
  expect(await media.sniff(await picture(8, 8).png().toBuffer())).toBe('image/png')
  expect(await media.sniff(await picture(8, 8).jpeg().toBuffer())).toBe('image/jpeg')
  expect(await media.sniff(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'))).toBe('application/pdf')
  expect(await media.sniff(Buffer.from('PK\x03\x04\x14\x00\x00\x00', 'latin1'))).toBe('application/zip')
  expect(await media.sniff(Buffer.from('Grüße, and 5 < 6 > 4'))).toBe('text/plain')
  expect(await media.sniff(Buffer.from([1, 2, 3, 0, 255]))).toBe('application/octet-stream')
  expect(await media.sniff(Buffer.alloc(0))).toBe('application/octet-stream')
})

test.each([
  ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml'],
  ['\ufeff<?xml version="1.0"?>\n<!-- x -->\n<!DOCTYPE svg>\n<SVG onload="alert(1)">', 'image/svg+xml'],
  ['<?xml version="1.0"?><x:svg xmlns:x="http://www.w3.org/2000/svg"/>', 'image/svg+xml'],
  ['<!DOCTYPE html><p>hello', 'text/html'],
  ['just words, and then <script>alert(1)</script>', 'text/html'],
  ['   \n<IMG src=x onerror=alert(1)>', 'text/html'],
  ['<?xml version="1.0"?><note/>', 'application/xml'],
])('markup that could run is known as such: %s', async (text, type) => {
  expect(await media.sniff(Buffer.from(text))).toBe(type)
})

test('a page in UTF-16 is no plain text', async () => {
  expect(await media.sniff(Buffer.from('\ufeff<html><script>alert(1)</script>', 'utf16le'))).toBe('text/html')
})

test('text that is cut in the middle of a letter is still text', async () => {
  expect(await media.sniff(Buffer.from('ü'.repeat(3_000)).subarray(0, 4_095))).toBe('text/plain')
})

test('a thumbnail is small, a WebP, and tells the shape of the original', async () => {
  const made = await media.thumbnail(await picture(3_000, 1_500).jpeg().toBuffer())
  expect([made?.width, made?.height]).toEqual([3_000, 1_500])
  const { format, width, height } = await sharp(made!.content).metadata()
  expect([format, width, height]).toEqual(['webp', 640, 320])
  expect(made?.blur).toMatch(/^data:image\/webp;base64,/)
  expect(made!.blur.length).toBeLessThan(500)
  const small = await media.thumbnail(await picture(20, 10).png().toBuffer())
  expect((await sharp(small!.content).metadata()).width).toBe(20)
})

test('a photo is turned as the camera was held, and where it was taken is not passed on', async () => {
  const photo = await picture(400, 200)
    .withExif({ IFD0: { Copyright: 'Alice', Orientation: '6' }, IFD3: { GPSLatitude: '52/1 31/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer()
  expect((await sharp(photo).metadata()).orientation).toBe(6)
  const made = await media.thumbnail(photo)
  expect([made?.width, made?.height]).toEqual([200, 400])
  const { width, height, exif, orientation } = await sharp(made!.content).metadata()
  expect([width, height, exif, orientation]).toEqual([200, 400, undefined, undefined])
})

test('a small file that claims to be an enormous picture is not decoded', async () => {
  const bomb = hugePng(30_000, 30_000)
  expect(bomb.length).toBeLessThan(5_000_000)
  expect(await media.sniff(bomb.subarray(0, 4_100))).toBe('image/png')
  const began = Date.now()
  expect(await media.thumbnail(bomb)).toBeNull()
  expect(Date.now() - began).toBeLessThan(2_000)
})

test('what is no picture, or a broken one, has no thumbnail', async () => {
  const whole = await picture(500, 500).png().toBuffer()
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd"/></svg>'
  for (const content of [Buffer.from(svg), Buffer.from('hello'), Buffer.alloc(0), whole.subarray(0, 60)])
    expect(await media.thumbnail(content)).toBeNull()
})

/** A valid PNG of one colour whose picture is far larger than its file. */
function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 1 // one bit a pixel, greyscale
  const rows = Buffer.alloc((Math.ceil(width / 8) + 1) * height)
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data])
    const around = [Buffer.alloc(4), Buffer.alloc(4)] as const
    around[0].writeUInt32BE(data.length)
    around[1].writeUInt32BE(crc32(body))
    return Buffer.concat([around[0], body, around[1]])
  }
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
