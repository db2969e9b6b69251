/**
 * Why a connection was closed. `code`: of a socket (RFC 6455 §7.4.2, private range). `status`: of the last answer to a
 * long poll (RFC 9110 §15). `retry`: the client comes back by itself.
 */
export const CLOSE = {
  restart: { code: 4000, status: 503, retry: true, says: 'The server is going away; connect again.' },
  unavailable: {
    code: 4001,
    status: 503,
    retry: true,
    says: 'A write could not be made durable; connect again and resend.',
  },
  behind: {
    code: 4002,
    status: 409,
    retry: true,
    says: 'The connection fell too far behind; connect again.',
  },
  idle: { code: 4003, status: 410, retry: true, says: 'Nothing was heard for too long.' },
  redirect: {
    code: 4004,
    status: 503,
    retry: true,
    says: 'This node has more to do than it can; connect to one of those that it named.',
  },
  bad_frame: { code: 4400, status: 400, retry: false, says: 'A frame could not be understood.' },
  bad_ticket: {
    code: 4401,
    status: 401,
    retry: true,
    says: 'The ticket is missing, wrong or expired; fetch a new one.',
  },
  revoked: { code: 4403, status: 403, retry: false, says: 'The session was ended.' },
  too_many: {
    code: 4409,
    status: 409,
    retry: false,
    says: 'This person is connected from too many places; the oldest connection was closed.',
  },
  flood: { code: 4429, status: 429, retry: true, says: 'Too many frames.' },
  too_old: {
    code: 4426,
    status: 400,
    retry: false,
    says: 'This client speaks a protocol version that is no longer served; reload.',
  },
} as const satisfies Record<string, { code: number; status: number; retry: boolean; says: string }>

export type CloseReason = keyof typeof CLOSE

export const closeReasonOf = (code: number): CloseReason | undefined =>
  (Object.keys(CLOSE) as CloseReason[]).find((reason) => CLOSE[reason].code === code)
