import type { Id } from '@parley/protocol'

/** `active`: at least one device is in use; `idle`: none of those connected is; `gone`: none is connected, or to be seen. */
export type Seen = 'active' | 'idle' | 'gone'

/**
 * How one node (`origin`) sees one person. Of two sightings by one node the one with the higher number is newer.
 * `lastActive`: Unix milliseconds; 0: that node has not seen them active.
 */
export type Sighting = { origin: string; person: Id; number: number; seen: Seen; lastActive: number }

const LETTER = { active: 'a', idle: 'i', gone: 'g' } as const satisfies Record<Seen, string>
const SEEN = new Map(Object.entries(LETTER).map(([seen, letter]) => [letter as string, seen as Seen]))

export const encodeValue = ({ number, seen, lastActive }: Sighting): string =>
  `${number} ${LETTER[seen]} ${lastActive}`
export const encodeMessage = (sighting: Sighting): string =>
  `${encodeValue(sighting)} ${sighting.person} ${sighting.origin}`

/** Null for what another version may have written. */
export function decodeValue(text: string, person: Id, origin: string): Sighting | null {
  const [number, letter, lastActive] = text.split(' ')
  const seen = SEEN.get(letter ?? '')
  if (!seen || !Number.isSafeInteger(Number(number)) || !Number.isSafeInteger(Number(lastActive))) return null
  return { origin, person, number: Number(number), seen, lastActive: Number(lastActive) }
}

export function decodeMessage(text: string): Sighting | null {
  const [, , , person, origin] = text.split(' ')
  return person && origin ? decodeValue(text, person, origin) : null
}
