'use client'
import { Kbd, TextField } from '@parley/ui'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

/** Milliseconds without a key before the server is asked. */
const pause = 200

/** A list’s search. `/` comes here from anywhere on the page; Escape empties it. */
export function SearchField({
  label,
  value,
  onChange,
}: {
  label: string
  value: string
  onChange: (value: string) => void
}) {
  const [typed, setTyped] = useState(value)
  const said = useRef(value)
  useEffect(() => {
    // Changed from outside, as by going back: shown; what was typed is said after a pause.
    if (value === said.current) return
    said.current = value
    setTyped(value)
  }, [value])
  useEffect(() => {
    if (typed === said.current) return
    const timer = setTimeout(() => {
      said.current = typed
      onChange(typed)
    }, pause)
    return () => clearTimeout(timer)
  }, [typed, onChange])
  return (
    <TextField
      type="search"
      data-search
      aria-label={label}
      placeholder={label}
      icon={Search}
      value={typed}
      maxLength={80}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => event.key === 'Escape' && setTyped('')}
      end={typed ? undefined : <Kbd keys="/" />}
      className="w-full sm:w-72"
    />
  )
}
