'use client'
import type { Message } from '@parley/protocol'
import { IconButton, Menu, type MenuItem, toast } from '@parley/ui'
import {
  Copy,
  EllipsisVertical,
  Link2,
  MailOpen,
  MessageSquareReply,
  Pencil,
  SmilePlus,
  Trash2,
} from 'lucide-react'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { EmojiPopover } from '../emoji/emoji-popover.tsx'
import { useMe, useSync } from '../session/use-sync.ts'
import { go, pathToMessage, pathToThread } from '../shell/place.ts'
import { tellFailure } from './tell-failure.ts'
import { useReact } from './use-react.ts'

const DeleteDialog = dynamic(() => import('./delete-dialog.tsx').then((file) => file.DeleteDialog))

const quick = ['👍', '✅', '👀']

/** What can be done with one message. `onHold`: a layer of it is open, so it must not vanish with the pointer. */
export function MessageToolbar({
  message,
  inThread,
  onEdit,
  onHold,
}: {
  message: Message
  inThread: boolean
  onEdit: () => void
  onHold: (held: boolean) => void
}) {
  const sync = useSync()
  const me = useMe()
  const react = useReact(message)
  const [deleting, setDeleting] = useState(false)
  const own = message.sender === me.id
  const role = sync.conversation(message.conversation)?.membership.role
  const mayDelete = own || role === 'owner' || me.permissions['conversations.manage'] === true
  const thread = pathToThread(message.conversation, message.root ?? message.id)
  const link = message.root ? thread : pathToMessage(message.conversation, message.ordinal)

  const copy = (text: string, says: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast({ title: says, tone: 'success' }),
      () => toast({ title: 'The browser did not allow copying.', tone: 'danger' }),
    )
  const unread = () =>
    sync
      .markRead(message.conversation, message.seq - 1, true)
      .then(() => toast({ title: 'Unread from here on.' }), tellFailure)
  const remove = () => {
    setDeleting(true)
    onHold(true)
  }
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
          { kind: 'action', label: 'Delete', icon: Trash2, tone: 'danger', onSelect: remove },
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
      <EmojiPopover
        onPick={(emoji) => react(emoji, true)}
        onOpenChange={onHold}
        trigger={<IconButton label="React" icon={SmilePlus} size="small" />}
      />
      {!inThread && (
        <IconButton
          label="Reply in a thread"
          icon={MessageSquareReply}
          size="small"
          onClick={() => go(thread)}
        />
      )}
      {own && <IconButton label="Edit" icon={Pencil} size="small" onClick={onEdit} />}
      <Menu
        items={items}
        onOpenChange={onHold}
        trigger={<IconButton label="More" icon={EllipsisVertical} size="small" />}
      />
      {deleting && (
        <DeleteDialog
          message={message}
          onClose={() => {
            setDeleting(false)
            onHold(false)
          }}
        />
      )}
    </div>
  )
}
