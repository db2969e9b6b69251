import { Browser } from '../browser.ts'
import { nameOf } from '../people.ts'
import { answering } from '../stage/asked.ts'
import { compare, lagging } from './compare.ts'
import { Person } from './person.ts'
import type { Answers, Order } from './protocol.ts'
import { doSomething, talk } from './talk.ts'
import type { Weather } from './wire.ts'

/** A process that people are in. It does what the harness orders, one after another or at once. */
const AT_ONCE = 4
let people: Person[] = []
let paceMs = 1_000
let quiet = new AbortController()
let talking: Promise<void>[] = []
const weather: Weather = { twice: 0, heldMs: 0 }

type Do = { [D in Order['do']]: (order: Extract<Order, { do: D }>) => Promise<Answers[D]> }
const DO: Do = {
  async open(order) {
    paceMs = order.paceMs
    people = order.people.map(
      (placed) =>
        new Person({
          ...{ placed, weather },
          browser: new Browser(order.api, placed.person, placed.cookies),
          seed: order.seed + Number(placed.person) * 7_919,
        }),
    )
    await Promise.all(people.map((person) => person.client.whole()))
    return null
  },
  async talk() {
    quiet = new AbortController()
    talking = people.map((person) => talk(person, paceMs, quiet.signal))
    return null
  },
  async weather({ twice, heldMs }) {
    Object.assign(weather, { twice, heldMs })
    return null
  },
  async crash({ count }) {
    const here = people.filter((person) => person.here)
    for (let i = 0; i < count && here.length > 0; i++) {
      const [person] = here.splice(here[0]!.random.int(here.length), 1)
      person!.dieAfterNextSend()
      doSomething(person!, `last words ${person!.history.crashes}.${i}`, 'say')
    }
    return null
  },
  async hush() {
    quiet.abort()
    await Promise.all(talking)
    await Promise.all(people.map((person) => person.settled()))
    return null
  },
  async online() {
    for (const person of people) person.client.online()
    return null
  },
  lagging: async ({ truth }) => people.flatMap((person) => lagging(person, truth)),
  standing: async () =>
    people.flatMap(({ id, client }) => {
      const { state, ...more } = client.connection()
      return state === 'live' ? [] : [`${nameOf(id)} is ${state}: ${JSON.stringify(more)}.`]
    }),
  async compare({ truth }) {
    const findings: string[] = []
    const left = [...people]
    const some = async () => {
      for (let person = left.shift(); person; person = left.shift()) {
        findings.push(...(await compare(person, truth)))
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, some))
    return findings
  },
  histories: async () => people.map((person) => person.told()),
  async close() {
    for (const person of people) person.close()
    people = []
    return null
  },
}

answering<Order, Answers[Order['do']]>((order) => DO[order.do](order as never))
