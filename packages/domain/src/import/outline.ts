import type { Author } from './authors.ts'
import { ExportProblem } from './export-problem.ts'
import { type Kept, keep, type Rules } from './keep.ts'
import type { Remarks } from './remarks.ts'
import type { DayFile, SlackConversation, SlackExport, SlackMessage } from './slack-export.ts'
import { type Posted, type Thread, threadsOf } from './threads.ts'

/**
 * What must be known of a whole conversation before its first message can be written: which roots have how many
 * replies, and which day files must be read together to have everything in the order of time.
 * Costs some 60 bytes of memory a message.
 */
export type Outline = {
  /** Files whose times overlap are read as one. Nearly always each is a single day. */
  readonly chunks: readonly (readonly DayFile[])[]
  /** Every message kept, by its time in Unix microseconds, ascending, none twice. */
  readonly times: readonly number[]
  /** By the time of the root. Only threads whose root is there. */
  readonly threads: ReadonlyMap<number, Thread>
  readonly replies: number
  readonly authors: ReadonlyMap<string, Author>
  readonly problems: readonly ExportProblem[]
}

/** Clocks differ; nothing in an export can be younger than the export. */
const FUTURE_SLACK_MS = 24 * 3_600_000
/** Unpacked files that may have to be held at once because their times overlap, in bytes. */
const CHUNK_BYTES = 256 * 1024 * 1024

export type OutlineOptions = {
  /** Unix milliseconds. */
  readonly now?: number | undefined
  /** Is shown each message that is kept. */
  readonly see?: (kept: Kept, day: DayFile) => void
  /** Hears of each file that has been read. */
  readonly read?: (day: DayFile) => void
}

/**
 * Reads every message of one conversation once.
 * A file that cannot be read is a problem in the answer, so that one run tells of all of them.
 */
export async function outline(
  source: SlackExport,
  conversation: SlackConversation,
  rules: Rules,
  remarks: Remarks,
  { now = Date.now(), see, read }: OutlineOptions = {},
): Promise<Outline> {
  const problems: ExportProblem[] = []
  const authors = new Map<string, Author>()
  const posted: Posted[] = []
  const days: Day[] = []

  for (const day of conversation.days) {
    try {
      const kept = keep(await source.messages(day), rules, (remark) => remarks.add(remark, day.path))
      refuseFuture(kept, day, now)
      for (const one of kept) {
        posted.push({ ts: one.message.ts, threadTs: one.message.threadTs, author: one.author.key })
        authors.set(one.author.key, authors.get(one.author.key) ?? one.author)
        see?.(one, day)
      }
      const own = kept.map(({ message }) => message.ts)
      if (own.length > 0) days.push({ day, first: least(own), last: greatest(own) })
    } catch (error) {
      if (!(error instanceof ExportProblem)) throw error
      problems.push(error)
    }
    read?.(day)
  }

  const once = inOrder(posted)
  const where = conversation.name ?? conversation.id
  for (let n = once.length; n < posted.length; n += 1) remarks.add('skipped.twice', where)
  const { threads, replies, orphans } = threadsOf(once)
  for (let n = 0; n < orphans; n += 1) remarks.add('changed.root', where)
  const chunks = chunksOf(days)
  problems.push(...tooLarge(chunks))
  return { chunks, times: once.map(({ ts }) => ts), threads, replies, authors, problems }
}

function refuseFuture(kept: readonly Kept[], day: DayFile, now: number): void {
  const limit = (now + FUTURE_SLACK_MS) * 1_000
  const late = kept.find(({ message }) => message.ts > limit)
  if (late)
    throw new ExportProblem(day.path, `A message is dated ${dateOf(late.message)}, which is still to come.`)
}

const dateOf = ({ ts }: SlackMessage): string => new Date(ts / 1_000).toISOString().slice(0, 10)

/** In the order of time, each once: of two with the same time the first in the export. */
export function inOrder<T extends { readonly ts: number }>(messages: readonly T[]): T[] {
  return [...messages].sort((a, b) => a.ts - b.ts).filter(({ ts }, n, all) => ts !== all[n - 1]?.ts)
}

type Day = { readonly day: DayFile; readonly first: number; readonly last: number }

function chunksOf(days: readonly Day[]): DayFile[][] {
  const chunks: DayFile[][] = []
  let end = -1
  for (const { day, first, last } of [...days].sort((a, b) => a.first - b.first)) {
    if (first <= end) chunks.at(-1)!.push(day)
    else chunks.push([day])
    end = Math.max(end, last)
  }
  for (const chunk of chunks) chunk.sort((a, b) => (a.path < b.path ? -1 : 1))
  return chunks
}

const tooLarge = (chunks: readonly DayFile[][]): ExportProblem[] =>
  chunks
    .filter((chunk) => chunk.length > 1 && chunk.reduce((sum, { bytes }) => sum + bytes, 0) > CHUNK_BYTES)
    .map((chunk) => new ExportProblem(chunk[0]!.path, 'Its times overlap with those of too many other days.'))

const least = (values: readonly number[]) => values.reduce((a, b) => Math.min(a, b))
const greatest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b))
