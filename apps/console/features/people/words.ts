import type { Tone } from '@parley/ui'
import type { Outputs } from '../api/trpc.ts'

export type PersonRow = Outputs['people']['list']['people'][number]
export type Role = PersonRow['role']
export type PersonStatus = PersonRow['status']

export const ROLE_NAMES = {
  owner: 'Owner',
  administrator: 'Administrator',
  auditor: 'Auditor',
  member: 'Member',
} as const satisfies Record<Role, string>

/** What a role means, where somebody chooses one. */
export const ROLE_SAYS = {
  owner: 'May do everything, and alone makes or unmakes owners.',
  administrator: 'May do everything in this console but make or unmake owners.',
  auditor: 'Sees everything in this console and exports the audit log; changes nothing.',
  member: 'Uses the web client. May not open this console.',
} as const satisfies Record<Role, string>

export const STATUS_NAMES = {
  active: 'Active',
  invited: 'Invited',
  imported: 'Imported',
  deactivated: 'Deactivated',
} as const satisfies Record<PersonStatus, string>

export const STATUS_TONES = {
  active: 'success',
  invited: 'accent',
  imported: 'neutral',
  deactivated: 'warning',
} as const satisfies Record<PersonStatus, Tone>

export const ROLES = Object.keys(ROLE_NAMES) as Role[]
export const STATUSES = Object.keys(STATUS_NAMES) as PersonStatus[]
