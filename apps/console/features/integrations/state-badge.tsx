import { Badge } from '@parley/ui'
import { STATE_NAMES, STATE_TONES, type State } from './words.ts'

export const StateBadge = ({ state }: { state: State }) => (
  <Badge tone={STATE_TONES[state]}>{STATE_NAMES[state]}</Badge>
)
