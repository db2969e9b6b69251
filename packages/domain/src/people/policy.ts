import { may, ROLES, type Role } from '../permissions.ts'

const RANK = { owner: 3, administrator: 2, auditor: 1, member: 0 } as const satisfies Record<Role, number>

/** Nobody edits above their own role. */
export const mayEdit = (mine: Role, theirs: Role): boolean => RANK[mine] >= RANK[theirs]

/** Only owners make and unmake owners; everybody else gives at most the role that they have. */
export const mayGive = (mine: Role, role: Role): boolean =>
  may(mine, role === 'owner' ? 'owners.manage' : 'roles.assign') && RANK[mine] >= RANK[role]

/** The roles that one person may give another, now `theirs`; empty when they may not change it at all. */
export const rolesToGive = (mine: Role, theirs: Role): Role[] =>
  mayEdit(mine, theirs) && mayGive(mine, theirs) ? ROLES.filter((role) => mayGive(mine, role)) : []

/** Whoever manages tokens or people sees secrets of others: giving them a role with neither ends what they saw. */
const seesSecrets = (role: Role): boolean => may(role, 'tokens.manage') || may(role, 'people.manage')
export const administersNoLonger = (before: Role, after: Role): boolean =>
  seesSecrets(before) && !seesSecrets(after)
