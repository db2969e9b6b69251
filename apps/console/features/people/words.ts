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

const ending = (count: number, one: string, many: string, ends: [one: string, many: string]) =>
  count === 0 ? [] : [count === 1 ? `One ${one} ${ends[0]}` : `${count} ${many} ${ends[1]}`]

/** What ends for good when somebody is shut out, or administers no longer; and what does not, and should be looked at. */
export function endsSay(person: Outputs['people']['detail']): string[] {
  return [
    ...ending(person.tokens, 'API token', 'API tokens', ['stops working for good', 'stop working for good']),
    ...ending(person.webhooks, 'webhook', 'webhooks', ['stops working for good', 'stop working for good']),
    ...ending(
      person.invited,
      'invitation of theirs that is still open',
      'invitations of theirs that are still open',
      ['ends; somebody else sends it again', 'end; somebody else sends them again'],
    ),
    ...person.providers.map(
      (name) => `${name} stays as they were the last to save it: look whether its certificate is right`,
    ),
  ]
}

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
