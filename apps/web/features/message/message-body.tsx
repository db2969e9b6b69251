'use client'
import type { Message } from '@parley/protocol'
import { formatTime, Tooltip, useUiLocale } from '@parley/ui'
import { useState } from 'react'
import { Markdown } from '../markdown/markdown.tsx'

/** Longer messages are folded, so that one text does not fill the screen. Characters and lines. */
const foldAbove = { characters: 2_500, lines: 30 }

const isLong = (text: string) =>
  text.length > foldAbove.characters || text.split('\n').length > foldAbove.lines

const goneText = {
  deleted: 'This message was deleted.',
  expired: 'This message was removed by the retention policy.',
} satisfies Record<NonNullable<Message['gone']>, string>

export function MessageBody({ message }: { message: Message }) {
  const { locale, timeZone } = useUiLocale()
  const [open, setOpen] = useState(false)
  if (message.gone) return <p className="text-muted italic">{goneText[message.gone]}</p>
  const long = isLong(message.text)
  return (
    <>
      <div
        className={
          long && !open
            ? 'max-h-80 overflow-hidden [mask-image:linear-gradient(black_80%,transparent)]'
            : undefined
        }
      >
        <Markdown text={message.text} />
      </div>
      {long && (
        <button
          type="button"
          onClick={() => setOpen(!open)}
          className="font-medium text-accent-text text-sm hover:underline"
        >
          {open ? 'Show less' : 'Show all'}
        </button>
      )}
      {message.editedAt !== null && (
        <Tooltip content={formatTime(new Date(message.editedAt), 'precise', locale, timeZone)}>
          <span className="text-muted text-xs">(edited)</span>
        </Tooltip>
      )}
    </>
  )
}
