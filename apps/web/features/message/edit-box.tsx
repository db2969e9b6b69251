'use client'
import type { Message } from '@parley/protocol'
import { LIMITS } from '@parley/protocol/limits'
import { Button, Kbd, TextArea, useFocusReturnFrom } from '@parley/ui'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { readError } from '../api/read-error.ts'
import { toDisplay, toWire } from '../composer/mention-text.ts'
import { usePeopleStore } from '../people/people-store.ts'
import { useSync } from '../session/use-sync.ts'

/** The text of a message of mine, to be written anew. Enter saves, Escape leaves it as it was. */
export function EditBox({ message, onDone }: { message: Message; onDone: () => void }) {
  const sync = useSync()
  const people = usePeopleStore()
  const [start] = useState(() => toDisplay(message.text, (id) => people.get(id)?.name))
  const [text, setText] = useState(start.text)
  const [state, setState] = useState<{ busy: boolean; says?: string }>({ busy: false })
  const box = useRef<HTMLTextAreaElement>(null)
  const area = useRef<HTMLDivElement>(null)
  useFocusReturnFrom(area)
  useEffect(() => {
    box.current?.focus()
    box.current?.setSelectionRange(start.text.length, start.text.length)
  }, [start])

  const save = async () => {
    const next = toWire(text.trim(), start.people)
    if (next === '') return setState({ busy: false, says: 'To remove the message, delete it.' })
    if (next === message.text) return onDone()
    setState({ busy: true })
    try {
      await sync.edit(message.conversation, message.id, next)
      onDone()
    } catch (error) {
      setState({ busy: false, says: readError(error).says })
    }
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onDone()
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void save()
    }
  }
  return (
    <div ref={area} className="py-1">
      <TextArea
        ref={box}
        aria-label="Edit message"
        value={text}
        maxLength={LIMITS.messageText}
        rows={1}
        className="min-h-9"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={pressed}
      />
      {state.says && (
        <p role="alert" className="mt-1 text-danger-text text-sm">
          {state.says}
        </p>
      )}
      <div className="mt-1.5 flex items-center gap-2">
        <Button size="small" variant="primary" busy={state.busy} onClick={save}>
          Save
        </Button>
        <Button size="small" variant="quiet" onClick={onDone}>
          Cancel
        </Button>
        <span className="text-muted text-xs max-sm:hidden">
          <Kbd keys="Escape" /> to cancel
        </span>
      </div>
    </div>
  )
}
