import type { ExportProblem } from './export-problem.ts'
import type { Outline } from './outline.ts'
import type { PlannedConversation } from './plan-conversation.ts'
import type { PlannedPerson } from './plan-people.ts'
import type { Remark, Remarked, Remarks } from './remarks.ts'
import type { SlackConversationKind, SlackExport } from './slack-export.ts'

/** What can be counted in conversations, alone or together. Times in Unix milliseconds. */
export type Figures = {
  readonly messages: number
  readonly replies: number
  readonly threads: number
  readonly oldest: number | null
  readonly newest: number | null
}

/** What a scan of the whole export found. */
export type Report = Figures & {
  readonly source: { readonly name: string; readonly bytes: number; readonly fingerprint: string }
  readonly people: {
    readonly total: number
    readonly bots: number
    readonly deactivated: number
    readonly placeholders: number
    readonly withEmail: number
  }
  readonly conversations: readonly (Figures & {
    readonly kind: SlackConversationKind
    readonly name: string | null
    readonly members: number
  })[]
  readonly remarks: ReadonlyMap<Remark, Remarked>
  /** Any of these, and nothing is imported. */
  readonly problems: readonly ExportProblem[]
  /** Of the problems those that a decision about unknown people would settle. */
  readonly unknownPeople: number
}

export const figuresOf = ({ times, replies, threads }: Outline): Figures => ({
  messages: times.length,
  replies,
  threads: threads.size,
  oldest: times.length === 0 ? null : Math.floor(times[0]! / 1_000),
  newest: times.length === 0 ? null : Math.floor(times.at(-1)! / 1_000),
})

const together = (all: readonly Figures[]): Figures => {
  const sum = (of: (figures: Figures) => number) => all.reduce((total, figures) => total + of(figures), 0)
  const oldest = all.flatMap(({ oldest }) => oldest ?? [])
  const newest = all.flatMap(({ newest }) => newest ?? [])
  return {
    messages: sum(({ messages }) => messages),
    replies: sum(({ replies }) => replies),
    threads: sum(({ threads }) => threads),
    oldest: oldest.length === 0 ? null : oldest.reduce((a, b) => Math.min(a, b)),
    newest: newest.length === 0 ? null : newest.reduce((a, b) => Math.max(a, b)),
  }
}

export function reportOf(
  source: SlackExport,
  plan: { people: readonly PlannedPerson[]; conversations: readonly PlannedConversation[] },
  figures: ReadonlyMap<string, Figures>,
  judged: { remarks: Remarks; problems: readonly ExportProblem[]; unknownPeople: number },
): Report {
  const count = (is: (person: PlannedPerson) => boolean) => plan.people.filter(is).length
  const conversations = plan.conversations.map((conversation) => ({
    ...figures.get(conversation.key)!,
    kind: conversation.source.kind,
    name: conversation.name,
    members: conversation.members.length,
  }))
  return {
    ...together(conversations),
    source: { name: source.name, bytes: source.bytes, fingerprint: source.fingerprint },
    people: {
      total: plan.people.length,
      bots: count(({ kind }) => kind === 'bot'),
      deactivated: count(({ deactivated }) => deactivated),
      placeholders: count(({ placeholder }) => placeholder),
      withEmail: count(({ email }) => email !== null),
    },
    conversations,
    remarks: judged.remarks.all(),
    problems: judged.problems,
    unknownPeople: judged.unknownPeople,
  }
}
