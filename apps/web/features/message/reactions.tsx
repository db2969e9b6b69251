'use client'
import type { Id, Message, Reaction } from '@parley/protocol'
import { classes, Tooltip } from '@parley/ui'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import { shownEmoji } from '../emoji/short-names.ts'
import { useNames } from '../people/people-store.ts'
import { useReact } from './use-react.ts'

export function Reactions({ message, me }: { message: Message; me: Id }) {
  const react = useReact(message)
  return (
    <div className="mt-1 flex flex-wrap items-center gap-1">
      {message.reactions.map((reaction) => (
        <ReactionButton
          key={reaction.emoji}
          reaction={reaction}
          me={me}
          onToggle={(on) => react(reaction.emoji, on)}
        />
      ))}
      <EmojiButton label="Add a reaction" onPick={(emoji) => react(emoji, true)} />
    </div>
  )
}

/** In a tooltip, more names than this are a number. */
const named = 10

function ReactionButton({
  reaction,
  me,
  onToggle,
}: {
  reaction: Reaction
  me: Id
  onToggle: (on: boolean) => void
}) {
  const mine = reaction.people.includes(me)
  const first = reaction.people.slice(0, named)
  const nameOf = useNames(first)
  const rest = reaction.people.length - first.length
  const names = [
    ...first.map((id) => (id === me ? 'you' : nameOf(id))),
    ...(rest > 0 ? [`${rest} more`] : []),
  ]
  const who = new Intl.ListFormat(undefined, { type: 'conjunction' }).format(names)
  const shown = shownEmoji(reaction.emoji)
  return (
    <Tooltip content={`${who} · ${shown}`}>
      <button
        type="button"
        aria-pressed={mine}
        aria-label={`${shown}, ${reaction.people.length}: ${who}`}
        onClick={() => onToggle(!mine)}
        className={classes(
          'flex h-6 max-w-full items-center gap-1.5 rounded-full border px-2 text-xs tabular-nums transition-colors pointer-coarse:h-8',
          mine
            ? 'border-accent bg-accent-soft font-semibold text-accent-text'
            : 'bg-surface-1 text-normal hover:border-line-strong',
        )}
      >
        <bdi className="min-w-0 max-w-40 truncate text-base leading-5">{shown}</bdi>
        <span>{reaction.people.length}</span>
      </button>
    </Tooltip>
  )
}
