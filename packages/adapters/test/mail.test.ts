import { createServer } from 'node:net'
import { smtpMailer } from '@parley/adapters/mail'
import { freePort, type MailSink, startMailSink } from '@parley/devstack'
import { Postponed } from '@parley/domain/postponed'
import { isParleyError } from '@parley/protocol'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'

let sink: MailSink
let mailer: ReturnType<typeof smtpMailer>
const from = 'Parley <parley@example.org>'

beforeAll(async () => {
  sink = await startMailSink({ port: await freePort() })
  mailer = smtpMailer({ url: sink.url, from })
})
afterEach(() => sink.clear())
afterAll(async () => {
  await mailer.close()
  await sink.stop()
})

test('bob is invited by mail, in plain text and HTML', async () => {
  await mailer.send({
    to: 'bob@example.org',
    subject: 'Grüße: join us 🎉',
    text: 'Open https://chat.example.org/invitation/1',
    html: '<p>Open <a href="https://chat.example.org/invitation/1">this</a></p>',
  })
  const [mail] = sink.messages()
  expect(mail).toMatchObject({ to: ['bob@example.org'], subject: 'Grüße: join us 🎉' })
  expect(mail?.from).toContain('parley@example.org')
  expect(mail?.text).toContain('invitation/1')
  expect(mail?.html).toContain('<a href=')
})

test('mallory puts further people and headers into an address and a subject: they get nothing', async () => {
  const hostile = ['bob@example.org, mallory@evil.example', 'bob@example.org\r\nBcc: mallory@evil.example']
  for (const to of hostile) await mailer.send({ to, subject: 'x', text: 'x' }).catch(() => {})
  await mailer.send({ to: 'bob@example.org', subject: 'x\r\nBcc: mallory@evil.example', text: 'x' })
  for (const mail of sink.messages()) {
    expect(mail.to).not.toContain('mallory@evil.example')
    expect(mail.headers.has('bcc')).toBe(false)
  }
})

test('it says that it is well, or in one sentence what is wrong', async () => {
  await expect(mailer.check()).resolves.toBeUndefined()
  const nowhere = smtpMailer({ url: `smtp://user:hunter2@127.0.0.1:${await freePort()}`, from })
  const error = await nowhere.check().catch((e: unknown) => e)
  expect(isParleyError(error) && error.message).toBe('Nothing answers at SMTP_URL.')
  await nowhere.close()
})

/** A server that answers one command in its own way. */
async function refusing(command: string, answer: string, work: (url: string) => Promise<void>) {
  const server = createServer((socket) => {
    socket.write('220 ready\r\n')
    socket.on('error', () => {})
    socket.on('data', (data) => {
      const line = data.toString()
      if (line.startsWith(command)) socket.write(`${answer}\r\n`)
      else if (line.startsWith('EHLO')) socket.write('250-hello\r\n250 AUTH PLAIN\r\n')
      else socket.write('250 ok\r\n')
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  try {
    await work(`127.0.0.1:${port}`)
  } finally {
    server.close()
  }
}

test('an address that does not exist is refused for good; a full mailbox may be tried again', async () => {
  const attempt = async (answer: string) => {
    let error: unknown
    await refusing('RCPT', answer, async (at) => {
      const mailer = smtpMailer({ url: `smtp://${at}`, from })
      error = await mailer.send({ to: 'bob@example.org', subject: 's', text: 't' }).catch((e: unknown) => e)
      await mailer.close()
    })
    return error
  }
  const unknown = await attempt('550 no such person')
  expect(isParleyError(unknown) && unknown.code).toBe('bad_input')
  const full = await attempt('452 mailbox full')
  expect(full).toBeInstanceOf(Error)
  expect(isParleyError(full)).toBe(false)
})

test('however many addresses do not exist, the server counts as there', async () => {
  await refusing('RCPT', '550 no such person', async (at) => {
    const mailer = smtpMailer({ url: `smtp://${at}`, from })
    for (let i = 0; i < 12; i++)
      await mailer.send({ to: `nobody${i}@example.org`, subject: 's', text: 't' }).catch(() => {})
    expect(mailer.circuit().state).toBe('closed')
    await mailer.close()
  })
})

test.each([
  ['refuses our sign-in', 'AUTH', '535 no'],
  ['closes the connection whatever is asked', 'RCPT', '421 going down'],
])('a server that %s is away, and no mail is given up for it', async (_, command, answer) => {
  await refusing(command, answer, async (at) => {
    const mailer = smtpMailer({ url: `smtp://user:hunter2@${at}`, from })
    const errors: unknown[] = []
    for (let i = 0; i < 7; i++)
      errors.push(
        await mailer.send({ to: 'bob@example.org', subject: 's', text: 't' }).catch((e: unknown) => e),
      )
    expect(errors.some(isParleyError)).toBe(false)
    expect(errors.map((error) => error instanceof Postponed)).toEqual([
      ...Array(4).fill(false),
      ...Array(3).fill(true),
    ])
    expect(mailer.circuit()).toMatchObject({ state: 'open', waitMs: expect.any(Number) })
    await mailer.close()
  })
})

test('a refused sign-in is a matter of the settings: mails wait, and the check names it', async () => {
  await refusing('AUTH', '535 no', async (at) => {
    const mailer = smtpMailer({ url: `smtp://user:hunter2@${at}`, from })
    const sent = await mailer
      .send({ to: 'bob@example.org', subject: 's', text: 't' })
      .catch((e: unknown) => e)
    expect(isParleyError(sent)).toBe(false)
    const checked = await mailer.check().catch((e: Error) => e)
    expect((checked as Error).message).toBe('The mail server refuses the name or the password in SMTP_URL.')
    await mailer.close()
  })
})
