import type { ServerResponse } from 'node:http'
import { CLOSE, type CloseReason, ERRORS, type ErrorCode, type PollBatch } from '@parley/protocol'
import { writeTogether } from '../write-together.ts'

/** Nothing on the way keeps an answer, neither for others nor until it is whole. */
const HEADERS = {
  'Content-Type': 'text/plain; charset=utf-8',
  'Cache-Control': 'no-store, no-transform',
  'X-Accel-Buffering': 'no',
  'X-Content-Type-Options': 'nosniff',
}

/** Answers with the lines of `parts`, each of which ends in its newline. */
export function answerLines(response: ServerResponse, status: number, parts: Buffer[]): void {
  const bytes = parts.reduce((sum, { length }) => sum + length, 0)
  response.writeHead(status, { ...HEADERS, 'Content-Length': bytes })
  writeTogether(response, parts, bytes)
  response.end()
}

/** Says why there is nothing to answer; what was not read of the request is not read any more. */
export function refuse(response: ServerResponse, code: ErrorCode, message: string): void {
  const { req } = response
  if (code === 'unavailable') response.setHeader('Retry-After', '2')
  if (!req.complete) {
    response.setHeader('Connection', 'close')
    response.on('finish', () => req.destroy())
  }
  answerObject(response, ERRORS[code].status, { error: { code, message } })
}

export const answerObject = (response: ServerResponse, status: number, body: object): void =>
  answerLines(response, status, [lineOf(body)])

/** Says why the session is over, and nothing of what it was still to be told. */
export function answerBye(response: ServerResponse, ack: number, reason: CloseReason): void {
  const head: PollBatch = { n: ack }
  answerLines(response, CLOSE[reason].status, [lineOf(head), lineOf({ t: 'bye', reason })])
}

const lineOf = (content: object): Buffer => Buffer.from(`${JSON.stringify(content)}\n`)
