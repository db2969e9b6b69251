'use client'
import { useEffect, useState } from 'react'
import { useVisits } from '../shell/place.ts'

const shownMs = 2_500

/** The message that a link led to, lit for a moment, each time that the link is followed. */
export function useHighlight(target: number | undefined): number | undefined {
  const visits = useVisits()
  const [done, setDone] = useState<string>()
  const visit = `${visits} ${target}`
  useEffect(() => {
    const timer = setTimeout(() => setDone(visit), shownMs)
    return () => clearTimeout(timer)
  }, [visit])
  return visit === done ? undefined : target
}
