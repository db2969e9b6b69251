/** What a role may do, by name. Whoever may change something may also see it: each `manage` needs its `read`. */
export const PERMISSIONS = [
  'console.open',
  'overview.read',
  'people.read',
  'people.manage',
  'roles.assign',
  'owners.manage',
  'conversations.read',
  'conversations.manage',
  'identity.read',
  'identity.manage',
  'retention.read',
  'retention.manage',
  'audit.read',
  'audit.export',
  'tokens.read',
  'tokens.manage',
  'notifications.read',
  'settings.read',
  'settings.manage',
  'imports.run',
] as const
export type Permission = (typeof PERMISSIONS)[number]

export const ROLES = ['owner', 'administrator', 'auditor', 'member'] as const
export type Role = (typeof ROLES)[number]

const reads = PERMISSIONS.filter((p) => p.endsWith('.read'))

/** Owners may do everything; only they make or unmake owners. Auditors see and export, and change nothing. */
export const GRANTS = {
  owner: new Set<Permission>(PERMISSIONS),
  administrator: new Set<Permission>(PERMISSIONS.filter((p) => p !== 'owners.manage')),
  auditor: new Set<Permission>(['console.open', 'audit.export', ...reads]),
  member: new Set<Permission>(),
} as const satisfies Record<Role, ReadonlySet<Permission>>

export const may = (role: Role, permission: Permission): boolean => GRANTS[role].has(permission)
