import type { Facts } from '../facts.ts'
import { acceptedIsThere } from './accepted-is-there.ts'
import { changesAreThere } from './changes-are-there.ts'
import { channelsAreThere } from './channels-are-there.ts'
import { choicesAreThere } from './choices-are-there.ts'
import { findable } from './findable.ts'
import { heardByMembersOnly } from './heard-by-members-only.ts'
import { movesAreThere } from './moves-are-there.ts'
import { noFaultOfOurs } from './no-fault-of-ours.ts'
import { notified } from './notified.ts'
import { numbersWithoutGaps } from './numbers-without-gaps.ts'
import { readsAreThere } from './reads-are-there.ts'
import { sendersOrder } from './senders-order.ts'
import { sentOnce } from './sent-once.ts'
import { toldInOrder } from './told-in-order.ts'

/** What must hold of the histories and of PostgreSQL. What clients show is compared where the clients are. */
export const CHECKS = {
  'accepted is there': acceptedIsThere,
  'sent once': sentOnce,
  'numbers without gaps': numbersWithoutGaps,
  "senders' order": sendersOrder,
  'changes are there': changesAreThere,
  'reads are there': readsAreThere,
  'moves are there': movesAreThere,
  'channels are there': channelsAreThere,
  'choices are there': choicesAreThere,
  'heard by members only': heardByMembersOnly,
  'told in order': toldInOrder,
  findable,
  notified,
  'no fault of ours': noFaultOfOurs,
} satisfies Record<string, (facts: Facts) => Generator<string>>

/** One defect may break a promise a thousand times. */
const MOST_OF_A_KIND = 5

/** @returns a readable sentence for each finding, the first of every kind */
export function check(facts: Facts): string[] {
  return Object.entries(CHECKS).flatMap(([name, one]) => {
    const all = [...one(facts)]
    const more = all.length - MOST_OF_A_KIND
    return [
      ...all.slice(0, MOST_OF_A_KIND).map((sentence) => `${name}: ${sentence}`),
      ...(more > 0 ? [`${name}: and ${more} more of this kind.`] : []),
    ]
  })
}
