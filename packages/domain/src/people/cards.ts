import type { Id } from '@parley/protocol'
import type { PersonStatus } from './managed.ts'

/** What everybody in the organisation sees of a person. */
export type PersonCard = { id: Id; name: string; title: string; kind: 'person' | 'bot'; status: PersonStatus }
