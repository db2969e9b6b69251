/**
 * Being signed in: a session on a device, with an access token for ten minutes and a refresh token that rotates.
 * Both are bound to the device's own secret; whatever ends a session closes its sockets.
 */
export { authenticate, type Credentials } from './authenticate.ts'
export { type Connect, connect } from './connect.ts'
export { endSessions } from './end-sessions.ts'
export { listMySessions } from './list-mine.ts'
export { refreshSession } from './refresh.ts'
export { registerPush } from './register-push.ts'
export { revokeSessions } from './revoke.ts'
export { revokeMySession } from './revoke-mine.ts'
export { revokeMyOtherSessions } from './revoke-my-others.ts'
export { runningSessions, type SessionView } from './running.ts'
export { type SessionMethod, type StartedSession, startSession } from './start-session.ts'
export { issuedAt, issueTicket, RESUME_MS, TICKET_MS, type Ticket, verifyTicket } from './ticket.ts'
