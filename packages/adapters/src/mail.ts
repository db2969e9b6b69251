import type { Mailer } from '@parley/domain/ports'
import { ParleyError } from '@parley/protocol'
import type { Transporter } from 'nodemailer'

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000
const CONNECTIONS = 2

/** `url`: smtp:// or smtps://, with user and password where the server wants them. */
export function smtpMailer({
  url,
  from,
}: {
  url: string
  from: string
}): Mailer & { close(): Promise<void> } {
  let opening: Promise<Transporter> | null = null
  const transport = () => {
    opening ??= open(url)
    return opening
  }
  return {
    /** @throws ParleyError('bad_input') when the server refuses it for good, others when it may work later */
    async send({ to, subject, text, html }) {
      const mail = {
        from,
        // as an object, so that commas in it name no further people
        to: { name: '', address: to },
        subject,
        text,
        ...(html === undefined ? {} : { html }),
        disableFileAccess: true,
        disableUrlAccess: true,
      }
      try {
        await (await transport()).sendMail(mail)
      } catch (error) {
        if (isForGood(error))
          throw new ParleyError('bad_input', `The mail server refuses this mail (${codeOf(error)}).`)
        throw error
      }
    },
    async check() {
      try {
        await (await transport()).verify()
      } catch (error) {
        throw new ParleyError(
          'unavailable',
          `${REASONS[codeOf(error)] ?? `The mail server cannot be used (${codeOf(error)})`}.`,
        )
      }
    },
    async close() {
      if (opening) (await opening).close()
    },
  }
}

async function open(url: string): Promise<Transporter> {
  const { createTransport } = await import('nodemailer')
  const { protocol, hostname, port, username, password } = new URL(url)
  const secure = protocol === 'smtps:'
  return createTransport({
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || (secure ? 465 : 587)),
    secure,
    ...(username ? { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } } : {}),
    pool: true,
    maxConnections: CONNECTIONS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  })
}

/** RFC 5321 §4.2.1: 5yz is permanent. That a sign-in is refused is no fault of the mail: it is mended in the settings. */
function isForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  return code === 'EENVELOPE' && responseCode === 0 ? true : code !== 'EAUTH' && responseCode >= 500
}

function codeOf(error: unknown): string {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return code === 'EAUTH' ? code : String(responseCode ?? code ?? 'no answer')
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'Nothing answers at SMTP_URL',
  ESOCKET: 'Nothing answers at SMTP_URL',
  ECONNECTION: 'Nothing answers at SMTP_URL',
  EDNS: 'The host in SMTP_URL does not exist',
  ETIMEDOUT: 'SMTP_URL does not answer in time',
  EAUTH: 'The mail server refuses the name or the password in SMTP_URL',
  ETLS: 'The mail server’s certificate cannot be trusted',
}
