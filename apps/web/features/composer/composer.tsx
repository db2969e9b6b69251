'use client'
import type { Id } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { classes, IconButton } from '@parley/ui'
import { SendHorizontal } from 'lucide-react'
import { type ClipboardEvent, type KeyboardEvent, useEffect, useRef } from 'react'
import { AttachButton } from '../files/attach-button.tsx'
import { DropArea } from '../files/drop-area.tsx'
import { pastedFiles } from '../files/pasted-files.ts'
import { UploadTray } from '../files/upload-tray.tsx'
import { useUploads } from '../files/use-uploads.ts'
import { tellFailure } from '../message/tell-failure.ts'
import { useSync } from '../session/use-sync.ts'
import { draftKey } from './drafts.ts'
import { FormatBar } from './format-bar.tsx'
import { MentionList } from './mention-list.tsx'
import { mentionAt, toWire } from './mention-text.ts'
import { useDraft } from './use-draft.ts'
import { useMentions } from './use-mentions.ts'

/** From here on the room that is left is shown. */
const countdownFrom = 1_000

/** One calm line that grows. Enter sends, Shift+Enter begins a line, ↑ in an empty one edits the last message. */
export function Composer({
  conversation,
  root,
  label,
  onEditLast,
}: {
  conversation: Id
  root?: Id
  label: string
  onEditLast: () => boolean
}) {
  const sync = useSync()
  const box = useRef<HTMLTextAreaElement>(null)
  const key = draftKey(conversation, root)
  const [draft, setDraft] = useDraft(key)
  const files = useUploads(key, conversation)
  const mentions = useMentions({ box, draft, setDraft })
  const wire = toWire(draft.text.trim(), draft.people)
  const room = LIMITS.messageText - wire.length
  const attached = files.list.length > 0
  const sendable = room >= 0 && (attached ? files.ready : wire !== '')

  // A phone's keyboard would cover what one came to read.
  useEffect(() => {
    if (window.matchMedia('(pointer: fine)').matches) box.current?.focus()
  }, [])

  const send = () => {
    if (!sendable) return
    try {
      sync.send(conversation, wire, root, files.ids)
    } catch (error) {
      // Too much is waiting already: what was written stays in the composer.
      return tellFailure(error)
    }
    files.clear()
    setDraft({ text: '', people: [] })
    mentions.close()
    box.current?.focus()
  }
  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing || mentions.onKeyDown(event)) return
    const caret = event.currentTarget.selectionStart
    if (event.key === 'Enter' && !event.shiftKey && !inOpenFence(draft.text, caret)) {
      event.preventDefault()
      send()
    } else if (event.key === 'ArrowUp' && draft.text === '' && !event.altKey) {
      if (onEditLast()) event.preventDefault()
    }
  }
  const pasted = (event: ClipboardEvent) => {
    const found = pastedFiles(event.clipboardData)
    if (found.length === 0) return
    event.preventDefault()
    files.add(found)
  }
  const changed = (text: string, caret: number) => {
    setDraft({ ...draft, text })
    mentions.look(mentionAt(text, caret))
    if (text.trim() !== '') sync.typing(conversation, root)
  }

  return (
    <div className="relative">
      <DropArea within={box} onFiles={files.add} />
      {mentions.shown && <MentionList {...mentions.shown} onPick={mentions.pick} />}
      <div className="rounded-lg border border-line-strong bg-surface-0 transition-colors focus-within:border-accent">
        <UploadTray files={files} />
        <textarea
          ref={box}
          data-focus-home
          dir="auto"
          rows={1}
          aria-label={label}
          placeholder={label}
          value={draft.text}
          {...mentions.attributes}
          onChange={(event) => changed(event.target.value, event.target.selectionStart)}
          onBlur={mentions.close}
          onKeyDown={pressed}
          onPaste={pasted}
          className="field-sizing-content block max-h-[40dvh] min-h-10 w-full resize-none bg-transparent px-3.5 pt-2.5 pb-1 text-base text-strong leading-[1.375rem] outline-none"
        />
        <div className="flex items-center gap-0.5 px-1.5 pb-1.5">
          <AttachButton onFiles={files.add} />
          <FormatBar box={box} draft={draft} setDraft={setDraft} compact={root !== undefined} />
          <span className="flex-1" />
          {room < countdownFrom && (
            <output
              className={classes('px-2 text-xs', room < 0 ? 'font-semibold text-danger-text' : 'text-muted')}
            >
              {room < 0 ? `${-room} too many` : `${room} left`}
            </output>
          )}
          <IconButton
            label={attached && !files.ready ? 'Send once every file is there' : 'Send'}
            shortcut="Enter"
            icon={SendHorizontal}
            variant={sendable ? 'accent' : 'quiet'}
            disabled={!sendable}
            onPointerDown={(event) => event.preventDefault()}
            onClick={send}
          />
        </div>
      </div>
    </div>
  )
}

/** Inside a fence that is not closed yet, Enter belongs to the code. */
const inOpenFence = (text: string, caret: number) => (text.slice(0, caret).split('```').length - 1) % 2 === 1
