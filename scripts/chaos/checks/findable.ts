import type { Facts } from '../facts.ts'

/** Search knows every message as it is now: the worker did what follows, however often Redis forgot that it should. */
export function* findable({ messages, indexed }: Facts): Generator<string> {
  const versions = new Map(indexed.map(({ message, version }) => [message, version]))
  for (const { id, conversation, seq, version } of messages) {
    const known = versions.get(id)
    if (known === undefined) yield `Message ${seq} of ${conversation} is not found by search.`
    else if (known !== version)
      yield `Search knows message ${seq} of ${conversation} by version ${known}, and it is at ${version}.`
  }
}
