import type { ServerResponse } from 'node:http'
import type { ErrorCode } from '@parley/protocol'
import { refuse } from './answer.ts'
import type { Unread } from './request.ts'

const UNREAD = {
  bad: { code: 'bad_input', says: 'The first line is the head of the request, and this is none.' },
  busy: {
    code: 'unavailable',
    says: 'Too much of this session, or of its person, is on its way: try again later.',
  },
  unknown: { code: 'not_found', says: 'No session has this id: it is over, or was opened elsewhere.' },
  too_long: { code: 'too_large', says: 'The request is longer than one may be.' },
} as const satisfies Record<Exclude<Unread, 'gone'>, { code: ErrorCode; says: string }>

/** Says why a request was not read. */
export const unread = (response: ServerResponse, why: keyof typeof UNREAD): void =>
  refuse(response, UNREAD[why].code, UNREAD[why].says)
