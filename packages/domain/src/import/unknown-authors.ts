import type { Author } from './authors.ts'
import { ExportProblem } from './export-problem.ts'
import { isUnknown, type Kept, type Rules } from './keep.ts'
import type { Remarks } from './remarks.ts'

/** Keeps account of those who wrote messages without being in `users.json`, and of where they did so first. */
export class UnknownAuthors {
  readonly #found = new Map<string, { messages: number; file: string }>()

  see({ author }: Kept, file: string, rules: Rules): void {
    if (!isUnknown(author, rules)) return
    const { slackId } = author as Extract<Author, { kind: 'user' }>
    const found = this.#found.get(slackId) ?? { messages: 0, file }
    found.messages += 1
    this.#found.set(slackId, found)
  }

  get count(): number {
    return this.#found.size
  }

  /** Problems or remarks, as the administrator decided. */
  judge(rules: Rules, remarks: Remarks): ExportProblem[] {
    if (rules.unknownPeople === 'refuse')
      return [...this.#found].map(
        ([slackId, { messages, file }]) =>
          new ExportProblem(file, `${slackId} wrote ${messages} of the messages but is not in users.json.`),
      )
    for (const slackId of this.#found.keys()) remarks.add('changed.author', slackId)
    return []
  }
}
