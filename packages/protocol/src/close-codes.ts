/** Why a socket was closed (RFC 6455 §7.4.2, private range). `retry`: the client comes back by itself. */
export const CLOSE = {
  restart: { code: 4000, retry: true, says: 'The server is going away; connect again.' },
  unavailable: {
    code: 4001,
    retry: true,
    says: 'A write could not be made durable; connect again and resend.',
  },
  behind: { code: 4002, retry: true, says: 'The connection fell too far behind; connect again.' },
  idle: { code: 4003, retry: true, says: 'Nothing was heard for too long.' },
  redirect: {
    code: 4004,
    retry: true,
    says: 'This node has more to do than it can; connect to one of those that it named.',
  },
  bad_frame: { code: 4400, retry: false, says: 'A frame could not be understood.' },
  bad_ticket: { code: 4401, retry: true, says: 'The ticket is missing, wrong or expired; fetch a new one.' },
  revoked: { code: 4403, retry: false, says: 'The session was ended.' },
  too_many: {
    code: 4409,
    retry: false,
    says: 'This person is connected from too many places; the oldest connection was closed.',
  },
  flood: { code: 4429, retry: true, says: 'Too many frames.' },
  too_old: {
    code: 4426,
    retry: false,
    says: 'This client speaks a protocol version that is no longer served; reload.',
  },
} as const satisfies Record<string, { code: number; retry: boolean; says: string }>

export type CloseReason = keyof typeof CLOSE

export const closeReasonOf = (code: number): CloseReason | undefined =>
  (Object.keys(CLOSE) as CloseReason[]).find((reason) => CLOSE[reason].code === code)
