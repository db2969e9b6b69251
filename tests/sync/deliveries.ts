import type { ServerFrame } from '@parley/protocol'
import type { Wire } from './server.ts'
import type { TestClient, World } from './world.ts'

type Kept = { frame: ServerFrame; stream: string; deliver: () => void }

/** A wire that keeps back what is told, and what is answered, when it is asked to. */
export function keepingWire() {
  let news: Kept[] | null = null
  let answers: (() => void)[] | null = null
  const wire: Wire = {
    answer(_, deliver) {
      if (answers) answers.push(deliver)
      else deliver()
    },
    news(frame, stream, deliver) {
      if (news) news.push({ frame, stream, deliver })
      else deliver()
    },
  }
  return {
    wire,
    keepNews() {
      news = []
    },
    keepAnswers() {
      answers = []
    },
    takeNews(): Kept[] {
      const kept = news ?? []
      news = null
      return kept
    },
    giveAnswers(): void {
      const kept = answers ?? []
      answers = null
      for (const deliver of kept) deliver()
    },
  }
}
type Keeping = ReturnType<typeof keepingWire>

type Delivery = {
  /** Before anything happens. */
  before?(client: TestClient, wire: Keeping, world: World): Promise<void> | void
  /** After it has happened; news were kept. */
  after(client: TestClient, wire: Keeping, world: World): Promise<void> | void
  /** Each stream arrives whole and in order, so that plain changes need no question. */
  whole: boolean
}

const deliverAll = (kept: Kept[]) => {
  for (const { deliver } of kept) deliver()
}
/** A test that failed has closed its clients. */
const ignored = () => {}
const isPersonal = ({ stream }: Kept) => stream === 'person'

/** The ways in which one and the same thing may come to a client. */
export const DELIVERIES = {
  'as they came': { whole: true, after: (_, wire) => deliverAll(wire.takeNews()) },
  'the personal stream first': {
    whole: true,
    after(_, wire) {
      const kept = wire.takeNews()
      deliverAll(kept.filter(isPersonal))
      deliverAll(kept.filter((one) => !isPersonal(one)))
    },
  },
  'the conversations first': {
    whole: true,
    after(_, wire) {
      const kept = wire.takeNews()
      deliverAll(kept.filter((one) => !isPersonal(one)))
      deliverAll(kept.filter(isPersonal))
    },
  },
  'everything twice': {
    whole: true,
    after(_, wire) {
      const kept = wire.takeNews()
      for (const { deliver } of kept) {
        deliver()
        deliver()
      }
      deliverAll(kept)
    },
  },
  backwards: { whole: false, after: (_, wire) => deliverAll(wire.takeNews().reverse()) },
  'all but the last lost': {
    whole: false,
    after(_, wire) {
      const kept = wire.takeNews()
      const last = new Map(kept.map((one) => [one.stream, one]))
      deliverAll([...last.values()])
    },
  },
  'all lost, and told so': {
    whole: false,
    async after(client, wire) {
      wire.takeNews()
      await client.whole()
    },
  },
  'while the connection was gone': {
    whole: false,
    before: (client) => client.cut(),
    after: (_, wire) => void wire.takeNews(),
  },
  'during a sync that was read before': {
    whole: false,
    async before(client, wire, world) {
      wire.keepAnswers()
      client.whole().catch(ignored)
      await world.quiet()
    },
    after(_, wire) {
      deliverAll(wire.takeNews())
      wire.giveAnswers()
    },
  },
  'after a sync that was read before, though it had come earlier': {
    whole: false,
    async before(client, wire, world) {
      wire.keepAnswers()
      client.whole().catch(ignored)
      await world.quiet()
    },
    after(_, wire) {
      wire.giveAnswers()
      deliverAll(wire.takeNews())
    },
  },
  'before and after a sync that was read later': {
    whole: false,
    async after(client, wire, world) {
      wire.keepAnswers()
      client.whole().catch(ignored)
      await world.quiet()
      const kept = wire.takeNews()
      deliverAll(kept)
      wire.giveAnswers()
      deliverAll(kept)
    },
  },
} satisfies Record<string, Delivery>

export const deliveries: [string, Delivery][] = Object.entries(DELIVERIES)
