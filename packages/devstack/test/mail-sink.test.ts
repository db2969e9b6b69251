import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort, type MailSink, startMailSink } from '../src/index.ts'

let folder: string
let sink: MailSink
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'parley-mail-'))
  sink = await startMailSink({ port: await freePort(), folder })
})
afterEach(async () => {
  await sink.stop()
  rmSync(folder, { recursive: true, force: true })
})

test('mail to bob can be read in the sink and lies in the folder', async () => {
  await send('From: Parley <parley@example.org>\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n\r\nJoin us, bob.')
  const [mail, ...others] = sink.messages()
  expect(others).toEqual([])
  expect(mail).toMatchObject({
    from: '"Parley" <parley@example.org>',
    to: ['bob@example.org'],
    subject: 'Grüße',
  })
  expect(mail?.text.trim()).toBe('Join us, bob.')
  const [file] = readdirSync(folder)
  expect(readFileSync(path.join(folder, file ?? ''), 'utf8')).toContain('Join us, bob.')
  sink.clear()
  expect(sink.messages()).toEqual([])
})

test('a mail beyond ten megabytes is refused and not kept', async () => {
  const answer = await send(`Subject: big\r\n\r\n${`${'x'.repeat(998)}\r\n`.repeat(11_000)}`)
  expect(answer).toMatch(/^552/)
  expect(sink.messages()).toEqual([])
})

/** Speaks SMTP (RFC 5321) by hand, one command per answer. @returns the answer to the mail itself */
async function send(source: string): Promise<string> {
  const { hostname, port } = new URL(sink.url)
  const socket = connect(Number(port), hostname)
  const answers = createInterface({ input: socket })[Symbol.asyncIterator]()
  const answer = async () => (await answers.next()).value as string
  await answer()
  for (const command of [
    'HELO test',
    'MAIL FROM:<parley@example.org>',
    'RCPT TO:<bob@example.org>',
    'DATA',
  ]) {
    socket.write(`${command}\r\n`)
    await answer()
  }
  socket.write(`${source}\r\n.\r\n`)
  const result = await answer()
  socket.end('QUIT\r\n')
  return result
}
