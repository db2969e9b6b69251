import type { Facts, MessageFact } from '../facts.ts'

/** Message-path rule 2: seqs, ordinals of roots and ordinals in each thread are contiguous, and agree with the counters. */
export function* numbersWithoutGaps({ conversations, messages }: Facts): Generator<string> {
  for (const { id, seq, version, roots } of conversations) {
    const here = messages.filter((message) => message.conversation === id)
    yield* gaps(
      `seq in ${id}`,
      here.map((message) => message.seq),
      seq,
    )
    const inRoom = here.filter((message) => message.root === null)
    yield* gaps(
      `ordinal of roots in ${id}`,
      inRoom.map((message) => message.ordinal),
      roots,
    )
    for (const [root, replies] of Map.groupBy(here.filter(isReply), (message) => message.root))
      yield* gaps(
        `ordinal in thread ${root} of ${id}`,
        replies.map((message) => message.ordinal),
        replies.length,
      )
    const newest = Math.max(0, ...here.map((message) => message.version))
    if (newest > version)
      yield `A message of ${id} has version ${newest}, and the conversation is at ${version}.`
  }
}

const isReply = (message: MessageFact) => message.root !== null

function* gaps(what: string, numbers: number[], last: number): Generator<string> {
  const sorted = numbers.toSorted((a, b) => a - b)
  const at = sorted.findIndex((number, i) => number !== i + 1)
  if (at >= 0) yield `The ${what} jumps to ${sorted[at]} where ${at + 1} is due.`
  else if (sorted.length !== last) yield `The ${what} ends at ${sorted.length}, and the counter says ${last}.`
}
