/** What an import does otherwise than the export says, as one closed table: each is counted, with examples. */
export const REMARKS = {
  'skipped.notice': 'notices by Slack itself (joined, left, set the topic) are left out',
  'skipped.repeat': 'messages that only repeat another are left out',
  'skipped.twice': 'messages that the export holds twice are imported once',
  'skipped.early': 'messages from before 2015 are left out: their time does not fit into an id',
  'skipped.file': 'files in the zip are left out',
  'skipped.author': 'messages of people who are not in users.json are left out',
  'skipped.direct': 'direct conversations with oneself, or with nobody that the export knows, are left out',
  'changed.author': 'people who are not in users.json get a placeholder, so that their messages are kept',
  'changed.root': 'replies whose thread is not in the export become messages of their own',
  'changed.empty': 'messages without any text say so instead',
  'changed.long': 'messages longer than 20,000 characters are shortened',
  'changed.kind': 'messages of a kind that is not known here are imported as ordinary ones',
  'changed.file': 'attached files are not in the export: they become links, or only their names',
  'changed.mention': 'mentions of people who are not in users.json become plain text',
  'changed.channel': 'mentions of channels that are not in the export become plain text',
  'changed.reaction': 'reactions of people who are not in users.json are left out',
  'changed.emoji': 'reactions whose name is neither an emoji nor a word are left out',
  'changed.member': 'members who are not in users.json are left out of the list of members',
  'changed.email': 'e-mail addresses that several people share stay with the first of them',
} as const satisfies Record<string, string>

export type Remark = keyof typeof REMARKS

/** Enough to find the cause by. */
const EXAMPLES = 5

export type Remarked = { readonly count: number; readonly examples: readonly string[] }

/** Counts remarks, and keeps the first few places of each. */
export class Remarks {
  readonly #by = new Map<Remark, { count: number; examples: string[] }>()

  add(remark: Remark, example: string): void {
    const seen = this.#by.get(remark) ?? { count: 0, examples: [] }
    seen.count += 1
    if (seen.examples.length < EXAMPLES && !seen.examples.includes(example)) seen.examples.push(example)
    this.#by.set(remark, seen)
  }

  all(): ReadonlyMap<Remark, Remarked> {
    return this.#by
  }
}
