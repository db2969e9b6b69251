'use client'
import { useEffect, useState } from 'react'
import { ask } from '../api/client.ts'
import type { PersonCard } from '../api/procedures.ts'

/** Typing pauses this long before it is asked for. */
const patienceMs = 120

/** People whose names begin with the text, while it is not null. The last answer stays until the next has come. */
export function usePeopleSearch(text: string | null, limit: number): PersonCard[] {
  const [found, setFound] = useState<PersonCard[]>([])
  useEffect(() => {
    if (text === null) return setFound([])
    const leaving = new AbortController()
    const search = () =>
      ask('people.search', { text, limit }, leaving.signal).then(setFound, () => {
        // Aborted, or not reached: a name can still be typed out.
      })
    const timer = setTimeout(search, patienceMs)
    return () => {
      clearTimeout(timer)
      leaving.abort()
    }
  }, [text, limit])
  return found
}
