import { ERRORS, type ErrorCode } from '@parley/protocol'
import type { Endpoint } from '../endpoint.ts'

const EVERYWHERE: ErrorCode[] = ['bad_input', 'signed_out', 'too_many', 'internal', 'unavailable']

/** Everything that one row may be answered with when it fails, by status. */
export function failuresOf(row: Endpoint): [status: string, codes: ErrorCode[]][] {
  const codes = new Set<ErrorCode>([...EVERYWHERE, ...row.errors])
  if (row.act.tokens !== 'any') codes.add('scope_missing')
  if (row.body) codes.add('too_large')
  const byStatus = new Map<string, ErrorCode[]>()
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    if (!codes.has(code)) continue
    const status = String(ERRORS[code].status)
    byStatus.set(status, [...(byStatus.get(status) ?? []), code])
  }
  return [...byStatus]
}

/** `bad_input`: Something in the request is not valid. */
export const sayAll = (codes: readonly ErrorCode[]): string =>
  codes.map((code) => `\`${code}\`: ${ERRORS[code].says}`).join(' ')
