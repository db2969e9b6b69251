import type { Role } from '../permissions.ts'

/**
 * Whose presence a role may look at: everybody's in the organisation, as in the directory, or only that of people with
 * whom one shares a conversation, which is for guests. A new role does not compile without an answer.
 */
export type Sight = 'organisation' | 'shared'
export const SIGHT = {
  owner: 'organisation',
  administrator: 'organisation',
  auditor: 'organisation',
  member: 'organisation',
} as const satisfies Record<Role, Sight>
