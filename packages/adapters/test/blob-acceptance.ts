import { randomBytes } from 'node:crypto'
import { request } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BlobStore } from '@parley/domain/ports'
import { isParleyError } from '@parley/protocol'
import { expect, test } from 'vitest'

/** What every store must do, whoever made it. `store()` is asked for inside each test. */
export function blobAcceptance(store: () => BlobStore): void {
  const key = () => `test/${randomBytes(8).toString('hex')}/file.bin`
  const content = (size: number) => randomBytes(size)
  const asDownload = { seconds: 60, name: 'file.bin', type: 'application/octet-stream', inline: false }
  const all = async (stream: Promise<Readable>) => buffer(await stream)
  const put = (at: { url: string; headers: Record<string, string> }, body: Buffer, url = at.url) =>
    fetch(url, { method: 'PUT', headers: at.headers, body: new Uint8Array(body) }).then((r) => r.status)

  test('alice uploads straight to the store and bob downloads the same bytes', async () => {
    const [at, body] = [key(), content(300_000)]
    const upload = await store().uploadUrl(at, { size: body.length, seconds: 60 })
    expect(await put(upload, body)).toBe(200)
    expect(await store().stat(at)).toEqual({ size: body.length })
    const response = await fetch(await store().downloadUrl(at, asDownload))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="file.bin"/)
    expect(body.equals(Buffer.from(await response.arrayBuffer()))).toBe(true)
  })

  test('a part of a file can be asked for', async () => {
    const [at, body] = [key(), content(10_000)]
    await store().write(at, body, { type: 'video/mp4' })
    const url = await store().downloadUrl(at, { ...asDownload, type: 'video/mp4', inline: true })
    const ask = (range: string) => fetch(url, { headers: { range } })
    for (const [range, start, end] of [
      ['bytes=0-99', 0, 100],
      ['bytes=9000-', 9_000, 10_000],
      ['bytes=-10', 9_990, 10_000],
      ['bytes=9000-99999', 9_000, 10_000],
    ] as const) {
      const response = await ask(range)
      expect(response.status).toBe(206)
      expect(response.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/10000`)
      expect(body.subarray(start, end).equals(Buffer.from(await response.arrayBuffer()))).toBe(true)
    }
    expect((await ask('bytes=10000-')).status).toBe(416)
  })

  test('only what cannot run is shown in place; names survive, with their line breaks gone', async () => {
    const at = key()
    await store().write(at, Buffer.from('<script>alert(1)</script>'), { type: 'text/html' })
    const headers = async (name: string, type: string, inline: boolean) => {
      const response = await fetch(await store().downloadUrl(at, { seconds: 60, name, type, inline }))
      expect(response.status).toBe(200)
      await response.arrayBuffer()
      return [response.headers.get('content-type'), response.headers.get('content-disposition')] as const
    }
    for (const type of [
      'text/html',
      'image/svg+xml',
      'application/xhtml+xml',
      'text/xml',
      'application/pdf',
      'x',
    ])
      expect(await headers('a', type, true)).toEqual([
        'application/octet-stream',
        expect.stringMatching(/^attachment; /),
      ])
    expect(await headers('a.png', 'image/png', true)).toEqual([
      'image/png',
      expect.stringMatching(/^inline; /),
    ])
    expect((await headers('a.png', 'image/png', false))[0]).toBe('application/octet-stream')
    expect((await headers('a.txt', 'text/plain', true))[0]).toBe('text/plain; charset=utf-8')
    const [, disposition] = await headers('Grüße 🎉 "x"\r\nset-cookie: a=b;.pdf', 'application/pdf', false)
    expect(disposition).not.toMatch(/[\r\n]/)
    expect(decodeURIComponent(disposition!.split("filename*=UTF-8''")[1]!)).toBe(
      'Grüße 🎉 "x"__set-cookie: a=b;.pdf',
    )
  })

  test('mallory sends more, or less, than was allowed: nothing is kept', async () => {
    const [at, body] = [key(), content(1_000)]
    const upload = await store().uploadUrl(at, { size: 1_000, seconds: 60 })
    expect(await put(upload, Buffer.concat([body, body]))).toBeGreaterThanOrEqual(400)
    expect(await put(upload, body.subarray(1))).toBeGreaterThanOrEqual(400)
    expect(await store().stat(at)).toBeNull()
    expect(await put(upload, body)).toBe(200)
  })

  test('mallory sends a body without saying how long it is: nothing is kept', async () => {
    const at = key()
    const upload = await store().uploadUrl(at, { size: 1_000, seconds: 60 })
    const status = await new Promise<number | string>((resolve) => {
      const sent = request(upload.url, { method: 'PUT', headers: upload.headers }, (response) => {
        response.resume()
        resolve(response.statusCode ?? 0)
      })
      sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'cut off'))
      Readable.from([content(700), content(700)]).pipe(sent)
    })
    expect(status).not.toBe(200)
    expect(await store().stat(at)).toBeNull()
  })

  test('what is stored stays what it is: the same link does not overwrite it', async () => {
    const [at, body] = [key(), content(500)]
    const upload = await store().uploadUrl(at, { size: 500, seconds: 60 })
    expect(await put(upload, body)).toBe(200)
    expect(await put(upload, content(500))).toBe(412)
    expect(await put({ ...upload, headers: {} }, content(500))).toBeGreaterThanOrEqual(400)
    expect(body.equals(await all(store().read(at)))).toBe(true)
  })

  test('a link that is over, altered, or meant for another file or method opens nothing', async () => {
    const [at, other, body] = [key(), key(), content(100)]
    for (const stored of [at, other]) await store().write(stored, body, { type: 'application/octet-stream' })
    const url = await store().downloadUrl(at, asDownload)
    const status = (address: string, init?: RequestInit) => fetch(address, init).then((r) => r.status)
    expect(await status(url)).toBe(200)
    expect(await status(url.replace(at, other))).toBe(403)
    expect(await status(url.split('?')[0]!)).toBe(403)
    expect(await status(url.replace('attachment', 'inline'))).toBe(403)
    expect(await status(url.replace('octet-stream', 'xhtml%2Bxml'))).toBe(403)
    expect(
      await status(url.replace(/([Ss]ignature=)(.)/, (_, name, c) => name + (c === '0' ? '1' : '0'))),
    ).toBe(403)
    expect(await status(url.replace(/[Ee]xpires=\d+/, (e) => `${e}0`))).toBeGreaterThanOrEqual(400)
    expect(await status(url, { method: 'PUT', body: 'x' })).toBe(403)
    expect(await status(url, { method: 'DELETE' })).toBeGreaterThanOrEqual(400)

    const fresh = key()
    const upload = await store().uploadUrl(fresh, { size: 100, seconds: 60 })
    expect(await put(upload, body, upload.url.replace(fresh, key()))).toBe(403)
    expect(
      await put(upload, content(101), upload.url.replace('size=100', 'size=101')),
    ).toBeGreaterThanOrEqual(400)
    expect(await status(upload.url)).toBeGreaterThanOrEqual(400)
    expect(await store().stat(fresh)).toBeNull()

    const short = await store().downloadUrl(at, { ...asDownload, seconds: 1 })
    await sleep(2_100)
    expect(await status(short)).toBe(403)
  })

  test('nobody climbs out: not by a key, not by a path', async () => {
    const hostile = [
      '../secret',
      'a/../../secret',
      '/etc/passwd',
      'a//b',
      './a',
      'a/.',
      '.hidden',
      'A',
      'a b',
      'a\0',
      '',
    ]
    for (const bad of [...hostile, 'a\\b', 'ä', 'a/', 'x'.repeat(600)]) {
      const calls = [
        () => store().uploadUrl(bad, { size: 1, seconds: 60 }),
        () => store().downloadUrl(bad, asDownload),
        () => store().stat(bad),
        () => store().read(bad),
        () => store().write(bad, Buffer.from('x'), { type: 'text/plain' }),
        () => store().remove([bad]),
      ]
      for (const call of calls) {
        const error = await call().catch((e: unknown) => e)
        expect(isParleyError(error) && error.code, bad).toBe('bad_input')
      }
    }
  })

  test('an upload that breaks off leaves nothing, and can be done again', async () => {
    const [at, body] = [key(), content(2_000_000)]
    const upload = await store().uploadUrl(at, { size: body.length, seconds: 60 })
    await new Promise<void>((resolve) => {
      const headers = { ...upload.headers, 'content-length': body.length }
      const sent = request(upload.url, { method: 'PUT', headers })
      sent.once('error', () => resolve())
      sent.write(body.subarray(0, 500_000), () => setTimeout(() => sent.destroy(new Error('away')), 50))
    })
    await sleep(200)
    expect(await store().stat(at)).toBeNull()
    expect(await put(upload, body)).toBe(200)
    expect(await store().stat(at)).toEqual({ size: body.length })
  })

  test('a process writes, reads whole or the beginning, overwrites and removes', async () => {
    const [at, body] = [key(), content(70_000)]
    await store().write(at, Readable.from([body.subarray(0, 30_000), body.subarray(30_000)]), {
      type: 'application/octet-stream',
      size: body.length,
    })
    expect(body.equals(await all(store().read(at)))).toBe(true)
    expect(body.subarray(0, 4_096).equals(await all(store().read(at, { bytes: 4_096 })))).toBe(true)
    expect(body.equals(await all(store().read(at, { bytes: 1_000_000 })))).toBe(true)
    await store().write(at, Buffer.from('new'), { type: 'text/plain' })
    expect((await all(store().read(at))).toString()).toBe('new')
    await store().remove([at, key()])
    await store().remove([])
    expect(await store().stat(at)).toBeNull()
    const error = await store()
      .read(at)
      .catch((e: unknown) => e)
    expect(isParleyError(error) && error.code).toBe('not_found')
  })

  test('a stream of unknown length is kept whole; one that breaks or lies about its length is not kept', async () => {
    const [at, body] = [key(), content(20_000_000)]
    const type = 'application/octet-stream'
    await store().write(at, Readable.from([body.subarray(0, 9_000_000), body.subarray(9_000_000)]), { type })
    expect(await store().stat(at)).toEqual({ size: body.length })
    expect(body.equals(await all(store().read(at)))).toBe(true)
    const broken = async function* () {
      yield body.subarray(0, 1_000)
      throw new Error('the source is gone')
    }
    const never = key()
    await expect(store().write(never, Readable.from(broken()), { type })).rejects.toThrow()
    await expect(store().write(never, Readable.from([body]), { type, size: 999 })).rejects.toThrow()
    await expect(store().write(never, Readable.from([body]), { type, size: 20_000_001 })).rejects.toThrow()
    expect(await store().stat(never)).toBeNull()
  })

  test('an empty file is a file', async () => {
    const at = key()
    const upload = await store().uploadUrl(at, { size: 0, seconds: 60 })
    expect(await put(upload, Buffer.alloc(0))).toBe(200)
    expect(await store().stat(at)).toEqual({ size: 0 })
    expect(await all(store().read(at))).toHaveLength(0)
    expect(await all(store().read(at, { bytes: 100 }))).toHaveLength(0)
    const response = await fetch(await store().downloadUrl(at, asDownload))
    expect([response.status, (await response.arrayBuffer()).byteLength]).toEqual([200, 0])
  })

  test('what begins with a prefix is listed, and nothing else', async () => {
    const root = `test-${randomBytes(6).toString('hex')}`
    const keys = [`${root}/a/1`, `${root}/a/2`, `${root}/ab/3`, `${root}/b.bin`]
    for (const [i, at] of keys.entries()) await store().write(at, content(i + 1), { type: 'text/plain' })
    const listed = async (prefix: string) => {
      const found: { key: string; size: number }[] = []
      for await (const one of store().list(prefix)) found.push(one)
      return found.sort((a, b) => (a.key < b.key ? -1 : 1))
    }
    expect(await listed(`${root}/`)).toEqual(keys.map((at, i) => ({ key: at, size: i + 1 })))
    expect((await listed(`${root}/a`)).map((one) => one.key)).toEqual(keys.slice(0, 3))
    expect((await listed(`${root}/a/`)).map((one) => one.key)).toEqual(keys.slice(0, 2))
    expect(await listed(`${root}/none`)).toEqual([])
  })

  test('pages of the web client may upload and download from their own origin', async () => {
    const [at, body] = [key(), content(10)]
    const origin = 'https://chat.example.org'
    const upload = await store().uploadUrl(at, { size: 10, seconds: 60 })
    const preflight = await fetch(upload.url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PUT',
        'access-control-request-headers': ['content-type', ...Object.keys(upload.headers)].join(','),
      },
    })
    expect(preflight.status).toBeLessThan(300)
    expect([origin, '*']).toContain(preflight.headers.get('access-control-allow-origin'))
    const headers = { ...upload.headers, origin, 'content-type': 'image/png' }
    const sent = await fetch(upload.url, { method: 'PUT', headers, body: new Uint8Array(body) })
    expect(sent.status).toBe(200)
    expect([origin, '*']).toContain(sent.headers.get('access-control-allow-origin'))
    const got = await fetch(await store().downloadUrl(at, asDownload), { headers: { origin } })
    expect([origin, '*']).toContain(got.headers.get('access-control-allow-origin'))
  })

  test('it says that it is well', () => expect(store().check()).resolves.toBeUndefined())
}
