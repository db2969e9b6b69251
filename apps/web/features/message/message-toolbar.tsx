'use client'
import type { Message } from '@parley/protocol'
import { IconButton, type MenuItem, toast } from '@parley/ui'
import { Copy, EllipsisVertical, Link2, MailOpen, MessageSquareReply, Pencil, Trash2 } from 'lucide-react'
import { EmojiButton } from '../emoji/emoji-button.tsx'
import { useMe, useSync } from '../session/use-sync.ts'
import { MenuButton } from '../shell/menu-button.tsx'
import { go, pathToMessage, pathToThread } from '../shell/place.ts'
import { tellFailure } from './tell-failure.ts'
import { useReact } from './use-react.ts'

const quick = ['👍', '✅', '👀']

/** What can be done with one message. `onHold`: a layer of it is open, so it must not vanish with the pointer. */
export function MessageToolbar({
  message,
  inThread,
  onEdit,
  onDelete,
  onHold,
}: {
  message: Message
  inThread: boolean
  onEdit: () => void
  onDelete: () => void
  onHold: (held: boolean) => void
}) {
  const sync = useSync()
  const me = useMe()
  const react = useReact(message)
  const own = message.sender === me.id
  const role = sync.conversation(message.conversation)?.membership.role
  const mayDelete = own || role === 'owner' || me.permissions['conversations.manage'] === true
  const thread = pathToThread(message.conversation, message.root ?? message.id)
  const link = message.root
    ? pathToThread(message.conversation, message.root, message.ordinal)
    : pathToMessage(message.conversation, message.ordinal)

  const copy = (text: string, says: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ title: says, tone: 'success' }),
      () => toast({ title: 'The browser did not allow copying.', tone: 'danger' }),
    )
  const unread = () =>
    sync
      .markRead(message.conversation, message.seq - 1, true)
      .then(() => toast({ title: 'Unread from here on.' }), tellFailure)
  const items: MenuItem[] = [
    {
      kind: 'action',
      label: 'Copy link',
      icon: Link2,
      onSelect: () => copy(window.location.origin + link, 'Link copied.'),
    },
    {
      kind: 'action',
      label: 'Copy text',
      icon: Copy,
      onSelect: () => copy(message.text, 'Text copied.'),
    },
    ...(inThread
      ? []
      : [
          {
            kind: 'action',
            label: 'Mark unread from here',
            icon: MailOpen,
            onSelect: unread,
          } satisfies MenuItem,
        ]),
    ...(mayDelete
      ? ([
          { kind: 'separator' },
          { kind: 'action', label: 'Delete', icon: Trash2, tone: 'danger', onSelect: onDelete },
        ] satisfies MenuItem[])
      : []),
  ]
  return (
    <div
      role="toolbar"
      aria-label="Message"
      className="absolute end-4 -top-3.5 z-10 flex rounded-sm bg-float p-0.5 shadow-float max-sm:end-2"
    >
      {quick.map((emoji) => (
        <button
          key={emoji}
          type="button"
          aria-label={`React with ${emoji}`}
          onClick={() =>
            react(emoji, !message.reactions.some((r) => r.emoji === emoji && r.people.includes(me.id)))
          }
          className="grid size-7 place-items-center rounded-sm hover:bg-highlight pointer-coarse:size-9"
        >
          {emoji}
        </button>
      ))}
      <EmojiButton label="React" onPick={(emoji) => react(emoji, true)} onOpenChange={onHold} />
      {!inThread && (
        <IconButton
          label="Reply in a thread"
          icon={MessageSquareReply}
          size="small"
          onClick={() => go(thread)}
        />
      )}
      {own && <IconButton label="Edit" icon={Pencil} size="small" onClick={onEdit} />}
      <MenuButton
        items={items}
        onOpenChange={onHold}
        trigger={(attributes) => (
          <IconButton label="More" icon={EllipsisVertical} size="small" {...attributes} />
        )}
      />
    </div>
  )
}
