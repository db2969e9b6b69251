import type { Author } from './authors.ts'
import { claimPlaces } from './claim-places.ts'
import { convertMessage } from './convert-message.ts'
import { ExportProblem } from './export-problem.ts'
import { laneOf, nodeOf } from './import-ids.ts'
import { type Rules, rulesFor, type UnknownPeople } from './keep.ts'
import { type Outline, outline } from './outline.ts'
import { conversationKey, type PlannedConversation, planConversation } from './plan-conversation.ts'
import { type PlannedPerson, planPeople } from './plan-people.ts'
import { Remarks } from './remarks.ts'
import { type Figures, figuresOf, type Report, reportOf } from './report.ts'
import { resolverOf } from './resolve.ts'
import type { SlackConversation, SlackExport } from './slack-export.ts'
import { UnknownAuthors } from './unknown-authors.ts'

/** What the import does, decided before anything is written. */
export type ImportPlan = {
  readonly rules: Rules
  readonly people: readonly PlannedPerson[]
  readonly conversations: readonly PlannedConversation[]
  /** By conversation key: the messages that could not have the place that their time names. */
  readonly moved: ReadonlyMap<string, ReadonlyMap<number, number>>
  /** By conversation key: what need not be found out again. Of large exports only some. */
  readonly outlines: ReadonlyMap<string, Outline>
}

/** Messages whose outlines are kept in memory until they are imported: some 60 MB. */
const OUTLINED_MESSAGES = 1_000_000

export type ScanOptions = {
  readonly unknownPeople: UnknownPeople
  /** Unix milliseconds. */
  readonly now?: number
  /** Hears of each file of messages that was read: bytes so far, and of all. */
  readonly progress?: (done: number, total: number) => void
}

/**
 * Reads the whole export once, judges and converts every message, and writes nothing. All problems come together,
 * not only the first, so that whoever repairs an export repairs it once.
 */
export async function scanExport(
  source: SlackExport,
  { unknownPeople, now, progress }: ScanOptions,
): Promise<{ plan: ImportPlan; report: Report }> {
  const rules = rulesFor(source.people, unknownPeople)
  const remarks = new Remarks()
  const problems = repeatedIds(source)
  const authors = new Map<string, Author>()
  const unknown = new UnknownAuthors()
  const figures = new Map<string, Figures>()
  const moved = new Map<string, ReadonlyMap<number, number>>()
  const resolver = resolverOf(planPeople(source.people, authors, new Remarks()), source.conversations)
  const days = source.conversations.flatMap((conversation) => conversation.days)
  const total = days.reduce((sum, { bytes }) => sum + bytes, 0)
  const outlines = new Map<string, Outline>()
  let outlined = 0
  let done = 0

  for (const group of byNode(source.conversations)) {
    const taken = new Set<number>()
    for (const conversation of group) {
      const found = await outline(source, conversation, rules, remarks, {
        now,
        see(kept, day) {
          unknown.see(kept, day.path, rules)
          convertMessage(kept, resolver, (remark, example) => remarks.add(remark, example))
        },
        read(day) {
          done += day.bytes
          progress?.(done, total)
        },
      })
      problems.push(...found.problems)
      for (const [key, author] of found.authors) authors.set(key, authors.get(key) ?? author)
      figures.set(conversationKey(conversation), figuresOf(found))
      outlined += found.times.length
      if (outlined <= OUTLINED_MESSAGES) outlines.set(conversationKey(conversation), found)
      moved.set(conversationKey(conversation), claimPlaces(found.times, laneOf(conversation.id), taken))
    }
  }

  problems.push(...unknown.judge(rules, remarks))
  for (const { file } of source.ignored) remarks.add('skipped.file', file)
  const people = planPeople(source.people, authors, remarks)
  const known = new Set(people.map(({ key }) => key))
  const conversations = source.conversations
    .map((conversation) => planConversation(conversation, known, remarks))
    .filter((planned) => planned !== null)
  const unknownRefused = unknownPeople === 'refuse' ? unknown.count : 0
  const report = reportOf(source, { people, conversations }, figures, {
    remarks,
    problems,
    unknownPeople: unknownRefused,
  })
  return { plan: { rules, people, conversations, moved, outlines }, report }
}

function byNode(conversations: readonly SlackConversation[]): readonly SlackConversation[][] {
  const groups = Map.groupBy(conversations, ({ id }) => nodeOf(laneOf(id)))
  return [...groups.values()]
}

/** Two people or conversations with one id would be taken for one another. */
function repeatedIds({ people, conversations }: SlackExport): ExportProblem[] {
  const repeated = (ids: readonly string[]) => {
    const seen = new Set<string>()
    return new Set(ids.filter((id) => seen.size === seen.add(id).size))
  }
  return [
    ...[...repeated(people.map(({ id }) => id))].map(
      (id) => new ExportProblem('users.json', `It lists ${id} twice.`),
    ),
    ...[...repeated(conversations.map(({ id }) => id))].map(
      (id) => new ExportProblem(null, `Two conversations have the id ${id}.`),
    ),
  ]
}
