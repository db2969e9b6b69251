import type { Outputs } from '../api/trpc.ts'

export type Overview = Outputs['notifications']['overview']
export type Trouble = Overview['troubles'][number]
export type Step = Trouble['steps'][number]

export const REASONS = {
  direct: 'Direct message',
  mention: 'Mention',
  thread: 'Followed thread',
  everyone: 'To everyone',
} as const satisfies Record<Trouble['reason'], string>

export const STATES = {
  waiting: { says: 'Waiting', tone: 'warning' },
  delivering: { says: 'Going out', tone: 'accent' },
  delivered: { says: 'Delivered', tone: 'success' },
  withdrawn: { says: 'Withdrawn', tone: 'neutral' },
  failed: { says: 'Failed', tone: 'danger' },
} as const satisfies Record<Trouble['state'], { says: string; tone: string }>

const BECAUSE = {
  read: 'it was read meanwhile',
  gone: 'the message was deleted',
  muted: 'the person muted the conversation',
  unreachable: 'the person left, or was deactivated',
  busy: 'the person did not want to be disturbed',
  'nowhere to send': 'there was nowhere to send it',
} as const

/** A step of a notification as a sentence. */
export function stepInWords(step: Step): string {
  switch (step.step) {
    case 'pushed':
      return 'Shown on a device'
    case 'push failed':
      return `A device could not be told: ${step.error}`
    case 'token dropped':
      return 'A device is not registered any more, and was forgotten'
    case 'mail later':
      return 'No device told of it: put off until it is time for an e-mail'
    case 'mailed':
      return 'Sent by e-mail'
    case 'withdrawn':
      return `Withdrawn, since ${BECAUSE[step.because]}`
  }
}
