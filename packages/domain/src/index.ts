/** The product: commands, queries and policies, room by room. */
export type { Actor, SomeBody } from './actor.ts'
export { type Act, allActs, perform } from './command.ts'
export type { Deps } from './deps.ts'
export type { HandedJob, Job, JobName, Jobs } from './jobs.ts'
export { GRANTS, may, PERMISSIONS, type Permission, ROLES, type Role } from './permissions.ts'
export type { OutboxPayload, Publication } from './publication.ts'
export { SCOPES, type Scope } from './scopes.ts'
