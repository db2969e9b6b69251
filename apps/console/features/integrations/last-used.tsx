import { Timestamp } from '@parley/ui'

/** Known to the minute. */
export const LastUsed = ({ at }: { at: number | null }) =>
  at === null ? <span className="text-muted">Never</span> : <Timestamp at={at} format="relative" />
