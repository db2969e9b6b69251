'use client'
import { useSearchParams } from 'next/navigation'
import { useCallback } from 'react'

/**
 * A list's filters, in the address, so that a view can be kept, sent and gone back to. Values of one name are joined
 * by commas; an empty one is left out.
 */
export function useFilters() {
  const params = useSearchParams()
  const get = (name: string) => params.get(name) ?? ''
  const many = <T extends string>(name: string, known: readonly T[]): T[] =>
    get(name)
      .split(',')
      .filter((value): value is T => known.some((each) => each === value))
  const set = useCallback((changes: Record<string, string | readonly string[] | null>) => {
    const next = new URLSearchParams(window.location.search)
    for (const [name, value] of Object.entries(changes)) {
      const text = typeof value === 'string' ? value : (value ?? []).join(',')
      if (text) next.set(name, text)
      else next.delete(name)
    }
    const query = next.toString()
    window.history.replaceState(null, '', query ? `?${query}` : window.location.pathname)
  }, [])
  return { get, many, set }
}
