import type { Availability } from '@parley/protocol/presence'

export const availabilityWords = {
  automatic: 'Online',
  busy: 'Busy',
  invisible: 'Invisible',
} satisfies Record<Availability, string>
