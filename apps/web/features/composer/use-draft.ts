'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Draft, keepDraft, readDraft } from './drafts.ts'

const empty: Draft = { text: '', people: [] }
/** Typing is written down this long after it paused. */
const keepAfterMs = 300

/** What is being written, kept on this device. */
export function useDraft(key: string): [Draft, (draft: Draft) => void] {
  const [draft, setDraft] = useState<Draft>(() => readDraft(key) ?? empty)
  const latest = useRef(draft)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const change = useCallback(
    (next: Draft) => {
      latest.current = next
      setDraft(next)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => keepDraft(key, next), next.text === '' ? 0 : keepAfterMs)
    },
    [key],
  )
  useEffect(
    () => () => {
      clearTimeout(timer.current)
      keepDraft(key, latest.current)
    },
    [key],
  )
  return [draft, change]
}
