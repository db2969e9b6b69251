'use client'
import type { Id, Message } from '@parley/protocol'
import { classes, Timestamp } from '@parley/ui'
import { type KeyboardEvent, memo, useEffect, useState } from 'react'
import { FileCards } from '../files/file-cards.tsx'
import { PersonAvatar, PersonName } from '../people/person-name.tsx'
import { useMe } from '../session/use-sync.ts'
import { fetched } from '../shell/fetched.tsx'
import { EditBox } from './edit-box.tsx'
import { MessageBody } from './message-body.tsx'
import { MessageToolbar } from './message-toolbar.tsx'
import { Reactions } from './reactions.tsx'
import { ThreadCard } from './thread-card.tsx'

const DeleteDialog = fetched(() => import('./delete-dialog.tsx').then((file) => file.DeleteDialog))

export type MessageRowProps = {
  message: Message
  /** Shows who wrote it; otherwise it continues the message above. */
  head: boolean
  editing: boolean
  highlighted?: boolean
  inThread?: boolean
  onEdit: (message: Id | null) => void
}

/** One message. Its tools are made when a pointer or the focus comes, so that a long list stays light. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
  const { message, head, editing, highlighted, inThread = false, onEdit } = props
  const me = useMe()
  const [near, setNear] = useState(false)
  const [held, setHeld] = useState(false)
  const [deleting, setDeleting] = useState(false)
  // A field that vanishes with the focus in it tells nobody that the focus has gone.
  useEffect(() => {
    if (!editing) setNear(false)
  }, [editing])
  const concerns = message.mentions.some((id) => id === me.id || id === '0')
  const tools = (near || held) && !editing && !message.gone
  return (
    <article
      // biome-ignore lint/a11y/noNoninteractiveTabindex: focus brings the message's tools, by keyboard and by touch
      tabIndex={0}
      data-message={message.id}
      onPointerEnter={() => setNear(true)}
      onPointerLeave={() => setNear(false)}
      onFocus={() => setNear(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setNear(false)}
      onKeyDown={(event) => moveFocus(event)}
      className={classes(
        'relative flex gap-3 px-5 -outline-offset-2 transition-colors duration-500 max-sm:gap-2.5 max-sm:px-3',
        head ? 'pt-2 pb-0.5' : 'py-0.5',
        highlighted ? 'bg-mention' : concerns && !message.gone ? 'bg-mention/55' : tools && 'bg-surface-1',
      )}
    >
      {head ? (
        <PersonAvatar id={message.sender} size={36} className="mt-0.5" />
      ) : (
        <span className="relative w-9 shrink-0">
          {/* out of the flow: however long a language's times are, they make no row grow */}
          {near && (
            <Timestamp
              at={message.at}
              format="time"
              className="absolute -end-1 top-0.5 max-w-[3.625rem] truncate text-[10px] text-muted max-sm:max-w-13"
            />
          )}
        </span>
      )}
      <div className="min-w-0 flex-1">
        {head && (
          <p className="flex items-baseline gap-2">
            <PersonName id={message.sender} className="truncate font-semibold text-strong" />
            <Timestamp at={message.at} format="time" className="shrink-0 text-muted text-xs" />
          </p>
        )}
        {editing ? (
          <EditBox message={message} onDone={() => onEdit(null)} />
        ) : (
          <MessageBody message={message} />
        )}
        <FileCards files={message.files} />
        {message.reactions.length > 0 && <Reactions message={message} me={me.id} />}
        {!inThread && message.thread && message.thread.replies > 0 && (
          <ThreadCard message={message} thread={message.thread} />
        )}
      </div>
      {tools && (
        <MessageToolbar
          message={message}
          inThread={inThread}
          onEdit={() => onEdit(message.id)}
          onDelete={() => setDeleting(true)}
          onHold={setHeld}
        />
      )}
      {deleting && <DeleteDialog message={message} onClose={() => setDeleting(false)} />}
    </article>
  )
})

/** Up and down go from message to message while one of them has the focus. */
function moveFocus(event: KeyboardEvent<HTMLElement>) {
  if (event.target !== event.currentTarget || event.altKey) return
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return
  const rows = [...document.querySelectorAll<HTMLElement>('[data-message]')]
  const next = rows[rows.indexOf(event.currentTarget) + (event.key === 'ArrowUp' ? -1 : 1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
