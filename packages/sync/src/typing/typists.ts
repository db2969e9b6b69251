import type { ClientFrame, Id, Message, ServerFrame } from '@parley/protocol'
import { BOUNDS } from '../bounds.ts'
import type { Clock } from '../ports.ts'
import type { Typing } from '../views/shapes.ts'
import { type Notifier, topics } from '../views/topics.ts'

export type Typists = {
  /** This person types: told to the others, but no oftener than they need it. */
  type(conversation: Id, root: Id | null): void
  heard(frame: Extract<ServerFrame, { t: 'typing' }>): void
  /** Whoever has posted is not typing it any more. */
  posted(message: Message): void
  in(conversation: Id): readonly Typing[]
  gone(): void
}

type Options = { clock: Clock; notifier: Notifier; isOpen(): boolean; send(frame: ClientFrame): void }

const NOBODY: readonly Typing[] = []

/** Who is typing. Kept only where somebody looks, and only for a moment. */
export function typists({ clock, notifier, isOpen, send }: Options): Typists {
  const told = new Map<string, number>()
  const shown = new Map<Id, Typing[]>()
  let cancel: (() => void) | null = null

  function show(conversation: Id, people: Typing[]): void {
    if (people.length === 0) shown.delete(conversation)
    else shown.set(conversation, people)
    notifier.touch(topics.typing(conversation))
  }

  function expire(): void {
    cancel = null
    const now = clock.now()
    for (const [conversation, people] of shown) {
      const still = people.filter((one) => one.until > now)
      if (still.length < people.length) show(conversation, still)
    }
    plan()
  }

  function plan(): void {
    if (cancel || shown.size === 0) return
    const next = Math.min(...[...shown.values()].map((people) => people[0]!.until))
    cancel = clock.after(Math.max(0, next - clock.now()), expire)
  }

  function without(conversation: Id, person: Id, root: Id | null): Typing[] {
    return (shown.get(conversation) ?? []).filter((one) => one.person !== person || one.root !== root)
  }

  return {
    type(conversation, root) {
      const key = root === null ? conversation : `${conversation}/${root}`
      const now = clock.now()
      if (!isOpen() || now - (told.get(key) ?? Number.NEGATIVE_INFINITY) < BOUNDS.typingEvery) return
      if (told.size >= BOUNDS.typingPeople) told.clear()
      told.set(key, now)
      send({ t: 'typing', conversation, ...(root === null ? {} : { root }) })
    },
    heard({ conversation, person, root = null }) {
      if (!notifier.has(topics.typing(conversation))) return
      const others = without(conversation, person, root)
      if (others.length >= BOUNDS.typingPeople) return
      // Added at the end: the first is the next to expire.
      show(conversation, [...others, { person, root, until: clock.now() + BOUNDS.typingShown }])
      plan()
    },
    posted({ conversation, sender, root }) {
      if (shown.size === 0 || !shown.has(conversation)) return
      const others = without(conversation, sender, root)
      if (others.length < shown.get(conversation)!.length) show(conversation, others)
    },
    in: (conversation) => shown.get(conversation) ?? NOBODY,
    gone() {
      cancel?.()
      cancel = null
      told.clear()
      for (const conversation of [...shown.keys()]) show(conversation, [])
    },
  }
}
