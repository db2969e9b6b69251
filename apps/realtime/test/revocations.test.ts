import { TICKET_MS, type Ticket } from '@parley/domain/sessions/ticket'
import { expect, test } from 'vitest'
import { revocations } from '../src/gateway/revocations.ts'

const at = (ms: number) => new Date(1_800_000_000_000 + ms)
const ticketOf = (issued: Date, session = '5'): Ticket => ({
  ...{ person: '12', session, device: '7', name: 'bob', role: 'member' },
  kind: 'ticket',
  expires: issued.getTime() + TICKET_MS,
})
const nobody = { sessions: [], people: [] }

test('bob’s session is revoked: no ticket of it lets anybody in, one of his other session does (rule 13)', () => {
  const known = revocations()
  known.note({ ...nobody, sessions: ['5'] }, at(0))
  expect(known.covers(ticketOf(at(-1)))).toBe(true)
  expect(known.covers(ticketOf(at(1)))).toBe(true)
  expect(known.covers(ticketOf(at(-1), '6'))).toBe(false)
})

test('bob himself is shut out: no ticket from before lets him in; one from after he was let in again does', () => {
  const known = revocations()
  known.note({ ...nobody, people: ['12'] }, at(0))
  expect(known.covers(ticketOf(at(-1), '6'))).toBe(true)
  expect(known.covers(ticketOf(at(1), '8'))).toBe(false)
})

test('it is remembered for as long as a ticket lives, and forgotten some time after', () => {
  const known = revocations()
  known.note({ ...nobody, sessions: ['5'] }, at(0))
  known.note({ ...nobody, sessions: ['6'] }, at(TICKET_MS))
  expect(known.covers(ticketOf(at(-1)))).toBe(true)
  known.note({ ...nobody, sessions: ['6'] }, at(TICKET_MS * 2))
  expect(known.covers(ticketOf(at(-1)))).toBe(false)
})
