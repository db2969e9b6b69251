import type { Id } from '@parley/protocol'
import type { World } from '../world.ts'

/** Something that happens to a world in which clients are. */
export type Case = {
  title: string
  /** What was there before. */
  given(world: World): Promise<Id>
  /** What happens; `room` is what `given` answered. */
  when(world: World, room: Id): Promise<unknown>
  /** Clients work it out from what they are told, without asking. */
  asksNothing?: boolean
}
