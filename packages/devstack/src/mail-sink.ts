import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type ParsedMail, simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { requireFreePort } from './port.ts'

export type CaughtMail = {
  from: string
  to: string[]
  subject: string
  text: string
  html: string | null
  headers: ReadonlyMap<string, string>
  receivedAt: Date
}

export type MailSink = {
  url: string
  /** Oldest first; never more than the newest 500. */
  messages(): CaughtMail[]
  clear(): void
  stop(): Promise<void>
}

const MESSAGES_KEPT = 500
const MESSAGE_BYTES = 10 * 1024 * 1024

/**
 * An SMTP server that delivers nothing: mail is kept to be looked at. With `folder`, each mail also lies there as an
 * .eml file, the newest 500 of them.
 */
export async function startMailSink(options: { port: number; folder?: string }): Promise<MailSink> {
  await requireFreePort(options.port, 'the mail sink')
  if (options.folder) await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const caught: CaughtMail[] = []
  let count = 0

  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    size: MESSAGE_BYTES,
    disableReverseLookup: true,
    onAuth: (_auth, _session, done) => done(null, { user: 'anyone' }),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      let bytes = 0
      stream.on('data', (chunk: Buffer) => {
        bytes += chunk.length
        if (bytes <= MESSAGE_BYTES) chunks.push(chunk)
      })
      stream.on('end', () => {
        if (stream.sizeExceeded)
          return done(Object.assign(new Error('Message too large'), { responseCode: 552 }))
        const source = Buffer.concat(chunks)
        const envelope = session.envelope.rcptTo.map((recipient) => recipient.address)
        keep(source, envelope).then(() => done(), done)
      })
    },
  })

  async function keep(source: Buffer, to: string[]): Promise<void> {
    const receivedAt = new Date()
    caught.push(asCaught(await simpleParser(source), to, receivedAt))
    if (caught.length > MESSAGES_KEPT) caught.shift()
    if (!options.folder) return
    count += 1
    const name = `${receivedAt.toISOString().replaceAll(':', '-')}-${String(count).padStart(6, '0')}.eml`
    await writeFile(path.join(options.folder, name), source, { mode: 0o600 })
    const names = (await readdir(options.folder)).filter((file) => file.endsWith('.eml')).sort()
    for (const old of names.slice(0, -MESSAGES_KEPT))
      await rm(path.join(options.folder, old), { force: true })
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  server.on('error', () => {}) // a client that hangs up in the middle of a mail is no trouble of ours

  return {
    url: `smtp://127.0.0.1:${options.port}`,
    messages: () => [...caught],
    clear: () => {
      caught.length = 0
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function asCaught(mail: ParsedMail, to: string[], receivedAt: Date): CaughtMail {
  return {
    from: mail.from?.text ?? '',
    to,
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html || null,
    headers: new Map(
      mail.headerLines.map(({ key, line }) => [key, line.slice(line.indexOf(':') + 1).trim()]),
    ),
    receivedAt,
  }
}
