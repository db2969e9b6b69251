'use client'
import { bringToaster, toast } from '@parley/ui'
import { type ComponentType, type ReactNode, useEffect, useState } from 'react'

type Bring = () => Promise<unknown>
type Closable = { onClose?: () => void }

/** What a first visit need not wait for. A part may bring parts of its own: they are added while it comes. */
const later: Bring[] = [bringToaster]

/** Has a part come by itself once the page is at rest. */
export function fetchLater<Part>(bring: () => Promise<Part>): () => Promise<Part> {
  later.push(bring)
  return bring
}

/** Brings all of them, one after the other, so that they are here when the network, or this build, is gone. */
export async function fetchTheRest(): Promise<void> {
  for (const bring of later) await bring().catch(() => {}) // asked again, and told, when somebody wants it
}

export function tellUnfetched(): void {
  toast({
    title: 'This part of Parley could not be fetched.',
    detail: 'Check your connection, then reload the page.',
    tone: 'danger',
  })
}

/**
 * A component that is not needed to read and write: fetched when it is first shown, or before, at rest. What cannot be
 * fetched is told and closed; the page around it stays.
 */
export function fetched<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  loading: ReactNode = null,
): ComponentType<Props & Closable> {
  let here: ComponentType<Props> | null = null
  const bring = fetchLater(async () => {
    here ??= await load()
    return here
  })
  return function Fetched(props: Props & Closable) {
    const [Part, setPart] = useState(() => here)
    useEffect(() => {
      if (Part) return
      bring().then(
        (part) => setPart(() => part),
        () => {
          tellUnfetched()
          props.onClose?.()
        },
      )
    }, [])
    return Part ? <Part {...props} /> : loading
  }
}
