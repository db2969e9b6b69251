import type { Mailer } from '@parley/domain/ports'
import { ParleyError } from '@parley/protocol'
import type { Transporter } from 'nodemailer'
import { type CircuitOptions, callsTo } from './circuit.ts'

const CONNECT_MS = 10_000
const SILENCE_MS = 30_000
const CONNECTIONS = 2

/** `url`: smtp:// or smtps://, with user and password where the server wants them. */
export function smtpMailer({
  url,
  from,
  probeMs,
  connectMs = CONNECT_MS,
}: Pick<CircuitOptions, 'probeMs'> & {
  url: string
  from: string
  connectMs?: number
}): Mailer & { close(): Promise<void> } {
  let opening: Promise<Transporter> | null = null
  const transport = () => {
    opening ??= open(url, connectMs)
    return opening
  }
  const { call, circuit } = callsTo('the mail server', { isOfService, probeMs })
  return {
    circuit,
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
        await call(async () => (await transport()).sendMail(mail))
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

async function open(url: string, connectMs: number): Promise<Transporter> {
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
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: SILENCE_MS,
  })
}

/** Of addresses and the mail itself; all else nodemailer says of the server, its sign-in or the way there. */
const OF_THE_MAIL: readonly unknown[] = ['EENVELOPE', 'EMESSAGE']
/** RFC 5321 §3.8: with this it closes the connection, whatever was asked. */
const CLOSING = 421

/** RFC 5321 §4.2.1: 5yz is permanent. That a sign-in is refused is no fault of the mail: it is mended in the settings. */
function isForGood(error: unknown): boolean {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number }
  return (code === 'EENVELOPE' && responseCode === 0) || (OF_THE_MAIL.includes(code) && responseCode >= 500)
}

function isOfService(error: unknown): boolean {
  const { code, responseCode } = error as { code?: string; responseCode?: number }
  return code !== undefined && (!OF_THE_MAIL.includes(code) || responseCode === CLOSING)
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
