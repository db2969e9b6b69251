import type { ConversationPiece } from '@parley/adapters/fanout/subscriber'
import type { Id } from '@parley/protocol'
import { textFrame } from '../gateway/frame.ts'
import { BOUNDS } from './bounds.ts'
import { type Local, type LocalConversation, part } from './local.ts'

export type Ordering = {
  take(piece: ConversationPiece): void
  /** What was held may go on now, as far as it follows. */
  release(conversation: LocalConversation): void
  close(): void
}

/**
 * Forwards the changes of a conversation in the order of their versions and never over a gap. Two nodes may commit one
 * after the other and be heard in the other order: what comes too early waits a moment. What is still missing then was
 * lost, and may have been somebody's removal: until the database was asked, nobody is told anything more.
 */
export function ordering(
  local: Local,
  options: { now(): number; doubtful(conversation: LocalConversation): void },
): Ordering {
  const { now, doubtful } = options
  const waiting = new Map<LocalConversation, number>()
  let heldBytes = 0
  let timer: NodeJS.Timeout | null = null

  function take(piece: ConversationPiece): void {
    const conversation = local.conversations.get(piece.conversation)
    if (!conversation) pass(local, piece.conversation, piece.last)
    else if (conversation.held || conversation.joined || piece.first > conversation.version + 1)
      hold(conversation, piece)
    else forward(conversation, piece)
  }

  function forward(conversation: LocalConversation, piece: ConversationPiece): void {
    if (piece.last <= conversation.version) return
    conversation.version = piece.last
    for (const id of piece.left) {
      const person = local.people.get(id)
      if (person) part(local, person, conversation)
    }
    if (conversation.people.size === 0) return
    const frame = textFrame(piece.frame)
    const at = now()
    for (const { connections } of conversation.people)
      for (const connection of connections) connection.live(frame, at)
  }

  function hold(conversation: LocalConversation, piece: ConversationPiece): void {
    if (piece.last <= conversation.version) return
    conversation.held ??= []
    const { held } = conversation
    if (held.length >= BOUNDS.heldPieces || heldBytes + piece.frame.length > BOUNDS.heldBytes) {
      drop(conversation)
      doubtful(conversation)
      return
    }
    heldBytes += piece.frame.length
    let at = held.length
    while (at > 0 && held[at - 1]!.first > piece.first) at--
    held.splice(at, 0, piece)
    if (conversation.joined) return
    if (!waiting.has(conversation)) waiting.set(conversation, now() + BOUNDS.holdMs)
    release(conversation)
    timer ??= setTimeout(overdue, BOUNDS.holdMs)
  }

  function release(conversation: LocalConversation): void {
    const { held } = conversation
    if (!held) return
    while (held.length > 0 && held[0]!.first <= conversation.version + 1) {
      const piece = held.shift()!
      heldBytes -= piece.frame.length
      forward(conversation, piece)
    }
    if (held.length === 0) {
      conversation.held = null
      waiting.delete(conversation)
    } else if (!waiting.has(conversation)) {
      waiting.set(conversation, now() + BOUNDS.holdMs)
      timer ??= setTimeout(overdue, BOUNDS.holdMs)
    }
  }

  function drop(conversation: LocalConversation): void {
    for (const piece of conversation.held ?? []) heldBytes -= piece.frame.length
    conversation.held = null
    waiting.delete(conversation)
  }

  function overdue(): void {
    timer = null
    const at = now()
    for (const [conversation, until] of waiting) {
      if (until > at) {
        timer = setTimeout(overdue, until - at)
        return
      }
      waiting.delete(conversation)
      // nobody is left to be told
      if (conversation.people.size === 0) drop(conversation)
      else doubtful(conversation)
    }
  }

  return {
    take,
    release,
    close() {
      if (timer) clearTimeout(timer)
    },
  }
}

function pass({ passed }: Local, conversation: Id, version: number): void {
  if (!passed) return
  const { versions } = passed
  if (versions.has(conversation) || versions.size < BOUNDS.passedConversations)
    versions.set(conversation, Math.max(version, versions.get(conversation) ?? 0))
  else passed.full = true
}
